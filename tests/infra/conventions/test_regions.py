"""The region table: names, codes and pairs."""

from __future__ import annotations

import re

from infra.conventions.regions import REGIONS, Region


def test_some_regions_exactly() -> None:
    assert REGIONS["westeurope"] == Region(
        "westeurope", "weu", "West Europe", "northeurope", has_availability_zones=True
    )
    assert REGIONS["eastus2"] == Region(
        "eastus2", "eus2", "East US 2", "centralus", has_availability_zones=True
    )
    assert REGIONS["switzerlandwest"] == Region(
        "switzerlandwest", "chw", "Switzerland West", "switzerlandnorth", has_availability_zones=False
    )
    assert REGIONS["polandcentral"].paired_region is None


def test_the_public_cloud_is_there() -> None:
    assert len(REGIONS) == 57
    assert all(name == region.name and re.fullmatch("[a-z]+[0-9]?", name) for name, region in REGIONS.items())


def test_codes_are_short_distinct_and_no_generation_or_hash() -> None:
    codes = [region.code for region in REGIONS.values()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[a-z]{2,4}[0-9]?", code) and len(code) <= 4 for code in codes)
    assert not any(re.fullmatch("g[0-9]+", code) for code in codes)


def test_pairs_exist_and_are_mutual_but_for_the_known_one_way_ones() -> None:
    one_way = set()
    for region in REGIONS.values():
        if region.paired_region is not None and REGIONS[region.paired_region].paired_region != region.name:
            one_way.add(region.name)
    assert one_way == {"brazilsouth", "brazilsoutheast", "westindia", "westus3"}
