"""Every scenario (tests.infra.platforms) against what the last release deployed, and that what breaks it is found.

The module's name above also tells tests/conftest.py to run each scenario where it is rehearsed already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rehearsal.changes.compatibility import breaks, identities
from rehearsal.model.inventory import Inventory, InventoryResource
from tests.infra.baseline import (
    COMPARED,
    DEV,
    Migration,
    baseline_of,
    inventory_of,
    last_release,
    migrations,
    undocumented,
)


@pytest.mark.parametrize("name", COMPARED)
def test_who_deployed_the_last_release_can_take_this_one(name: str) -> None:
    found = breaks(baseline_of(name, last_release()), inventory_of(name))
    assert list(undocumented(found, migrations())) == [], "read releases/README.md"


LAKE = "::lake"
STORAGE = "azure-native:storage:StorageAccount"


def changed(edit: Callable[[InventoryResource], InventoryResource]) -> Inventory:
    """Dev with its lake's account edited."""
    inventory = inventory_of(DEV)
    resources = tuple(
        edit(item) if item.type == STORAGE and item.urn.endswith(LAKE) else item
        for item in inventory.resources
    )
    return replace(inventory, resources=resources)


def renamed(item: InventoryResource, *, aliased: bool) -> InventoryResource:
    aliases = (item.urn,) if aliased else ()
    return replace(
        item,
        urn=item.urn.replace(LAKE, "::data-lake"),
        name="data-lake",
        options=replace(item.options, aliases=aliases),
    )


def with_id(item: InventoryResource) -> InventoryResource:
    return replace(item, id=f"{item.id}2")


def with_location(item: InventoryResource) -> InventoryResource:
    return replace(item, inputs={**item.inputs, "location": "swedencentral"})


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        pytest.param(lambda item: renamed(item, aliased=False), "urn", id="URN without an alias"),
        pytest.param(with_id, "id", id="changed name"),
        pytest.param(with_location, "location", id="immutable property"),
    ],
)
def test_a_planted_change_fails_until_it_is_documented(
    edit: Callable[[InventoryResource], InventoryResource], what: str
) -> None:
    before = identities(inventory_of(DEV))
    found = breaks(before, changed(edit))
    assert [one.what for one in found] == [what]
    assert list(undocumented(found, ()))
    documented = Migration("0.3.0", f"*{STORAGE}::lake", what, "for the test")
    assert list(undocumented(found, [documented])) == []
    other = Migration("0.3.0", f"*{STORAGE}::ml-storage", what, "of another resource")
    assert list(undocumented(found, [other]))


def test_the_same_change_passes_with_an_alias() -> None:
    before = identities(inventory_of(DEV))
    assert breaks(before, changed(lambda item: renamed(item, aliased=True))) == ()


def test_this_checkout_breaks_nothing_of_its_own() -> None:
    assert breaks(identities(inventory_of(DEV)), inventory_of(DEV)) == ()
