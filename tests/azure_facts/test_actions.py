"""The words for what somebody does, and what each takes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from azure_facts.actions import ACTIONS, REACH, Action, Operation, UnknownActionError, Where, action
from azure_facts.databricks_permissions import PERMISSION_LEVELS
from azure_facts.private_link import SUB_RESOURCES
from azure_facts.roles import built_in_role, built_in_roles, permits
from azure_facts.unity_catalog import UNITY_CATALOG_PRIVILEGES

_BEYOND_ACCESS_LISTS = {"USER", "ADMIN", "READ", "servicePrincipal.manager", "servicePrincipal.user"}
"""Membership of the workspace, access to a secret scope, roles on a service principal."""


def _operations(rows: Iterable[Action]) -> list[tuple[str, Operation]]:
    return [(row.word, operation) for row in rows for operation in row.operations]


def _names(operation: Operation) -> list[str]:
    """The operation on each type that it may be asked of."""
    if "{type}" not in operation.name:
        return [operation.name]
    types = ("Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults")
    return [operation.name.format(type=resource_type) for resource_type in types]


def _is_data_only(name: str) -> bool:
    """Whether roles write the operation out among their data actions."""
    return any(
        name.lower() == given.lower()
        for role in built_in_roles().values()
        for permission in role.permissions
        for given in permission.data_actions
    )


def test_reading_blobs_takes_a_data_action_and_goes_over_blob() -> None:
    row = action("read blobs")

    (operation,) = row.operations
    assert operation.data
    assert permits(built_in_role("Storage Blob Data Reader"), operation.name, data=True)
    assert not permits(built_in_role("Contributor"), operation.name, data=True)
    assert (row.groups[0], row.port) == ("blob", 443)


def test_approving_an_endpoint_is_asked_of_the_resource_that_the_object_is_part_of() -> None:
    (first, *_) = action("approve endpoint").operations

    assert first.at is Where.RESOURCE
    role = built_in_role("Azure AI Enterprise Network Connection Approver")
    for name in _names(first):
        assert permits(role, name)


def test_serverless_sql_takes_a_road_and_no_right_of_azure() -> None:
    row = action("run SQL (serverless)")

    assert not row.takes_a_right
    assert (row.groups, row.port) == (("SqlOnDemand",), 1433)


def test_an_unknown_word_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownActionError, match=r"'reed blobs' is no action .* read blobs"):
        action("reed blobs")


@pytest.mark.parametrize(("word", "operation"), _operations(ACTIONS.values()))
def test_every_operation_is_given_by_a_role_on_the_plane_that_it_belongs_to(
    word: str, operation: Operation
) -> None:
    for name in _names(operation):
        assert any(permits(role, name, data=operation.data) for role in built_in_roles().values()), word
        assert operation.data or not _is_data_only(name), word


@pytest.mark.parametrize("row", ACTIONS.values(), ids=lambda row: row.word)
def test_every_row_names_what_exists(row: Action) -> None:
    levels = {level for found in PERMISSION_LEVELS.values() for level in found.levels}
    privileges = {name for found in UNITY_CATALOG_PRIVILEGES.values() for name in found.all}

    assert not row.level or row.level in levels | _BEYOND_ACCESS_LISTS
    assert {privilege.name for privilege in row.privileges} <= privileges
    assert set(row.groups) <= {part.group for part in SUB_RESOURCES}
    assert not (row.groups and row.host), "one door by default"
    assert row.source.page
    assert row.groups or row.host or row.word == REACH or not row.needs_road, "a door by default"
