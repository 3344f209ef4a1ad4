"""The conditions of the lake's backup: on the lake, the region, and the owner of the resource guard."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_id_parsing import parse_arm_id
from azure_facts.data_lake_backup import MAX_CONTAINERS, REGIONS
from azure_facts.regions import REGIONS as ALL_REGIONS
from infra.settings.base import Problem
from infra.settings.platform import PlatformSettings
from infra.settings.recovery_backup import VaultRedundancy

_PATH = "recovery.lake_backup"


def lakes_can_be_backed_up(settings: PlatformSettings) -> Iterator[Problem]:
    """The lake is this stack's, and of a size that Azure Backup takes."""
    if settings.recovery.lake_backup is None:
        return
    lake = settings.lake
    if lake is None:
        yield Problem(_PATH, "is given, and this stack has no lake; add lake or remove it")
    elif lake.existing_resource_id:
        yield Problem(
            _PATH,
            "is given, and lake.existing_resource_id names an account whose owner backs it up; remove it",
        )
    elif len(lake.zones) > MAX_CONTAINERS:
        yield Problem(
            _PATH,
            f"is given, and the lake has {len(lake.zones)} zones; a backup takes {MAX_CONTAINERS} at most",
        )


def regions_back_lakes_up(settings: PlatformSettings) -> Iterator[Problem]:
    """Azure Backup copies lakes in some regions only, and the vault is in the lake's region."""
    backup, location = settings.recovery.lake_backup, settings.azure.location
    if backup is None:
        return
    region = ALL_REGIONS[location]
    if location not in REGIONS:
        offered = ", ".join(sorted(REGIONS))
        yield Problem(_PATH, f"is given, and Azure Backup copies no lake in {location}; it does in {offered}")
    if backup.redundancy is VaultRedundancy.ZRS and not region.has_availability_zones:
        yield Problem(
            f"{_PATH}.redundancy",
            f"needs availability zones, which {location} does not have; give LRS or GRS",
        )
    if backup.redundancy is VaultRedundancy.GRS and region.paired_region is None:
        yield Problem(
            f"{_PATH}.redundancy", f"copies to a paired region, and {location} has none; give ZRS or LRS"
        )


def guards_belong_to_others(settings: PlatformSettings) -> Iterator[Problem]:
    """A guard that the deploying identity can reach guards nothing against it."""
    backup = settings.recovery.lake_backup
    if backup is None or backup.resource_guard_id is None:
        return
    if (parse_arm_id(backup.resource_guard_id).subscription or "").lower() == settings.azure.subscription_id:
        yield Problem(
            f"{_PATH}.resource_guard_id",
            "is in this environment's own subscription, where those who deploy have rights; give a guard of another "
            "team, in a subscription of its own",
        )
