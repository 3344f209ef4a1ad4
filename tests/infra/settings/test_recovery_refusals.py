"""What the lake's backup may not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]

_GUARD = "/resourceGroups/rg-guards/providers/Microsoft.DataProtection/resourceGuards/guard"
_OTHERS = f"/subscriptions/77777777-7777-7777-7777-777777777777{_GUARD}"


def backed_up(areas: Areas, **settings: object) -> None:
    areas["recovery"]["lake_backup"] = settings


@pytest.mark.parametrize(
    ("settings", "key", "message"),
    [
        ({"retention_days": 6}, "recovery.lake_backup.retention_days", "at least 7"),
        ({"soft_delete_days": 13}, "recovery.lake_backup.soft_delete_days", "at least 14"),
        ({"soft_delete_days": 181}, "recovery.lake_backup.soft_delete_days", "at most 180"),
        ({"starts_at": "24:00"}, "recovery.lake_backup.starts_at", "give a time of day with two digits each"),
        ({"immutability": "off"}, "recovery.lake_backup.immutability", "give 'unlocked' or 'locked'"),
        (
            {"resource_guard_id": _OTHERS.replace("resourceGuards", "backupVaults")},
            "recovery.lake_backup.resource_guard_id",
            "give the id of a Microsoft.DataProtection/resourceGuards",
        ),
        (
            {"resource_guard_id": f"/subscriptions/22222222-2222-2222-2222-222222222222{_GUARD}"},
            "recovery.lake_backup.resource_guard_id",
            "is in this environment's own subscription, where those who deploy have rights",
        ),
    ],
)
def test_a_backup_that_cannot_be_is_refused(
    refusals: Refusals, settings: Areas, key: str, message: str
) -> None:
    found = refusals(lambda areas: backed_up(areas, **settings))
    assert list(found) == [key]
    assert message in found[key]


def test_a_region_that_copies_no_lake_is_refused(refusals: Refusals) -> None:
    def elsewhere(areas: Areas) -> None:
        areas["azure"]["location"] = "swedencentral"
        backed_up(areas)

    message = refusals(elsewhere)["recovery.lake_backup"]
    assert message.startswith(
        "is given, and Azure Backup copies no lake in swedencentral; it does in australiaeast"
    )


def test_a_vault_has_the_redundancy_of_its_region(refusals: Refusals) -> None:
    def elsewhere(areas: Areas) -> None:
        areas["azure"]["location"] = "westus"
        backed_up(areas, redundancy="ZRS")

    assert (
        refusals(elsewhere)["recovery.lake_backup.redundancy"]
        == "needs availability zones, which westus does not have; give LRS or GRS"
    )


def test_a_given_lake_is_backed_up_by_its_owner(refusals: Refusals) -> None:
    def given(areas: Areas) -> None:
        areas["lake"] = {
            "existing_resource_id": "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-shared"
            "/providers/Microsoft.Storage/storageAccounts/dlsshared",
            "zones": {key: {"holds": zone.get("holds", key)} for key, zone in areas["lake"]["zones"].items()},
        }
        backed_up(areas)

    assert "names an account whose owner backs it up; remove it" in refusals(given)["recovery.lake_backup"]


def test_an_environment_that_goes_has_no_copy_that_stays(refusals: Refusals) -> None:
    def short_lived(areas: Areas) -> None:
        areas["environment"]["ephemeral"] = {"nonce": "pr-1"}
        areas["recovery"] = {}
        backed_up(areas)

    message = refusals(short_lived)["recovery.lake_backup"]
    assert message.endswith("a vault with copies in it cannot be deleted; remove one of the two")


def test_a_backup_is_taken_as_it_stands_in_prod(
    load_edited: Callable[[Callable[[Areas], None]], Any],
) -> None:
    loaded = load_edited(lambda areas: backed_up(areas, redundancy="GRS", resource_guard_id=_OTHERS))
    assert loaded.settings.recovery.lake_backup.resource_guard_id == _OTHERS
