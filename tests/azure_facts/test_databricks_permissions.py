"""Permission levels by kind of Databricks object."""

from __future__ import annotations

import inspect

import pytest
from pulumi_databricks.permissions import PermissionsArgs

from azure_facts.databricks_permissions import PERMISSION_LEVELS, PermissionObject, levels_by_argument


@pytest.mark.parametrize(
    ("kind", "levels"),
    [
        (PermissionObject.CLUSTER, ("CAN_ATTACH_TO", "CAN_RESTART", "CAN_MANAGE")),
        (PermissionObject.CLUSTER_POLICY, ("CAN_USE",)),
        (PermissionObject.JOB, ("CAN_VIEW", "CAN_MANAGE_RUN", "IS_OWNER", "CAN_MANAGE")),
        (PermissionObject.GIT_FOLDER, ("CAN_READ", "CAN_RUN", "CAN_EDIT", "CAN_MANAGE")),
        (PermissionObject.SERVING_ENDPOINT, ("CAN_VIEW", "CAN_QUERY", "CAN_MANAGE")),
        (PermissionObject.TOKENS, ("CAN_USE",)),
    ],
)
def test_levels(kind: PermissionObject, levels: tuple[str, ...]) -> None:
    assert PERMISSION_LEVELS[kind].levels == levels


def test_every_kind_has_levels() -> None:
    assert set(PERMISSION_LEVELS) == set(PermissionObject)


def test_every_object_of_the_sdk_has_levels() -> None:
    """A property that a newer SDK adds to `Permissions` belongs in the table."""
    beside = {"accessControls", "objectType", "providerConfig"}
    arguments = {
        first + "".join(part.capitalize() for part in rest)
        for name in inspect.signature(PermissionsArgs.__init__).parameters
        if not name.startswith("__")
        for first, *rest in (name.split("_"),)
    }
    assert set(levels_by_argument()) == arguments - beside
