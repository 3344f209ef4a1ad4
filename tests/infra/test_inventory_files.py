"""What differs between two inventories, as a scenario's file tells it."""

from __future__ import annotations

from tests.infra.inventory_files import Summary, differences

DEV: Summary = {
    "counts": {"a:Vault": 1, "a:Account": 1, "a:Job": 1},
    "resources": {
        "a:Account::lake": {"sku": "LRS", "rules": [{"port": 1}], "hns": True},
        "a:Job::train": {},
        "a:Vault::vault": {"sku": "standard"},
    },
}
OTHER: Summary = {
    "counts": {"a:Vault": 1, "a:Account": 2},
    "resources": {
        "a:Account::archive": {"sku": "LRS"},
        "a:Account::lake": {"sku": "ZRS", "rules": [{"port": 2}], "hns": 1, "tier": "Hot"},
        "a:Vault::vault": {},
    },
}


def test_only_what_differs_is_told() -> None:
    assert differences(DEV, OTHER) == {
        "counts": {"a:Account": 2, "a:Job": 0},
        "removed": ["a:Job::train"],
        "added": {"a:Account::archive": {"sku": "LRS"}},
        "changed": {
            "a:Account::lake": {"hns": 1, "rules[0].port": 2, "sku": "ZRS", "tier": "Hot"},
            "a:Vault::vault": {"sku": None},
        },
    }


def test_a_list_of_another_length_is_told_whole() -> None:
    other: Summary = {**DEV, "resources": {**DEV["resources"], "a:Account::lake": {"rules": []}}}
    assert differences(DEV, other) == {
        "changed": {"a:Account::lake": {"hns": None, "rules": [], "sku": None}}
    }


def test_what_is_the_same_is_nothing() -> None:
    assert differences(DEV, DEV) == {}
