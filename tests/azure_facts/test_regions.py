"""The region table: names, pairs, zones."""

from __future__ import annotations

import re

import pytest

from azure_facts.regions import REGIONS, Region, region_name


@pytest.mark.parametrize(
    "region",
    [
        Region("westeurope", "West Europe", "northeurope", has_availability_zones=True),
        Region("eastus2", "East US 2", "centralus", has_availability_zones=True),
        Region("switzerlandwest", "Switzerland West", "switzerlandnorth", has_availability_zones=False),
        Region("polandcentral", "Poland Central", None, has_availability_zones=True),
    ],
    ids=lambda region: region.name,
)
def test_some_regions_exactly(region: Region) -> None:
    assert REGIONS[region.name] == region


def test_the_public_cloud_is_there() -> None:
    assert len(REGIONS) == 57
    assert all(re.fullmatch("[a-z]+[0-9]?", name) for name in REGIONS)


def test_a_display_name_gives_the_name() -> None:
    assert all(region_name(region.display_name) == region.name == name for name, region in REGIONS.items())
    assert region_name("WestEurope") == "westeurope"


def test_pairs_exist_and_are_mutual_but_for_the_known_one_way_ones() -> None:
    one_way = set()
    for region in REGIONS.values():
        if region.paired_region is not None and REGIONS[region.paired_region].paired_region != region.name:
            one_way.add(region.name)
    assert one_way == {"brazilsouth", "brazilsoutheast", "westindia", "westus3"}
