"""The regions of the Azure public cloud: display name, paired region, availability zones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.data_files import FactsError, read_csv


@dataclass(frozen=True)
class Region:
    """One region. `paired_region` is the name of the region to which geo-redundant storage copies; None where Azure
    pairs none.

    Pairs are not always mutual: Brazil South pairs with South Central US, which pairs with North Central US.
    """

    name: str
    display_name: str
    paired_region: str | None
    has_availability_zones: bool


def region_name(text: str) -> str:
    """`westeurope` of `West Europe`: Azure takes and returns both forms, in any case."""
    return text.replace(" ", "").lower()


def _regions() -> dict[str, Region]:
    rows = read_csv("regions.csv", ("name", "display_name", "paired_region", "availability_zones"))
    if wrong := {row["availability_zones"] for row in rows} - {"yes", "no"}:
        raise FactsError(
            f"azure_facts/data/regions.csv: availability_zones is {sorted(wrong)}, not yes or no"
        )
    return {
        row["name"]: Region(
            row["name"], row["display_name"], row["paired_region"] or None, row["availability_zones"] == "yes"
        )
        for row in rows
    }


REGIONS: Mapping[str, Region] = MappingProxyType(_regions())
"""Region by name, such as `westeurope` (learn.microsoft.com azure/reliability/regions-list, read 2026-11-29)."""
