"""Who may do what with an object: one level for each persona, of the levels that the object has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from infra.settings.access import Persona
from infra.settings.base import Problem, SettingsModel

Permissions = dict[Persona, str]
"""Persona to permission level. A mapping, because a second, lower level for one principal drifts for ever."""

LEVELS: Mapping[str, tuple[str, ...]] = {
    "cluster": ("CAN_ATTACH_TO", "CAN_RESTART", "CAN_MANAGE"),
    "pool": ("CAN_ATTACH_TO", "CAN_MANAGE"),
    "job": ("CAN_VIEW", "CAN_MANAGE_RUN", "CAN_MANAGE"),
    "git folder": ("CAN_READ", "CAN_RUN"),
    "experiment": ("CAN_READ", "CAN_EDIT", "CAN_MANAGE"),
    "SQL warehouse": ("CAN_USE", "CAN_MONITOR", "CAN_VIEW", "CAN_MANAGE"),
    "serving endpoint": ("CAN_VIEW", "CAN_QUERY", "CAN_MANAGE"),
}
"""Object to levels (terraform-provider-databricks docs/resources/permissions.md). Left out on purpose: owners,
which the deployer is, and changing a production git folder, which only CI may."""


class Entitlement(StrEnum):
    """What a group may do in the workspace at all (docs/resources/entitlements.md of the Terraform provider)."""

    WORKSPACE_ACCESS = "workspace-access"
    SQL_ACCESS = "databricks-sql-access"
    ALLOW_CLUSTER_CREATE = "allow-cluster-create"
    ALLOW_INSTANCE_POOL_CREATE = "allow-instance-pool-create"


class Group(SettingsModel):
    """A persona inside Databricks."""

    name: Annotated[str, Field(min_length=1, max_length=256)]
    """The Entra group's display name, by which the account knows it (az ad group show --group OBJECT_ID
    --query displayName)."""
    entitlements: list[Entitlement] = [Entitlement.WORKSPACE_ACCESS, Entitlement.SQL_ACCESS]
    workspace_local: bool = False
    """Make a group that only this workspace knows, for an account without Entra synchronisation. Its members are
    kept by hand, and Unity Catalog cannot grant it anything."""


def permission_problems(
    kind: str, path: str, permissions: Permissions, groups: Mapping[Persona, Group]
) -> Iterator[Problem]:
    """Levels that the object does not have, personas without a group, and two grants for one group."""
    for persona, level in permissions.items():
        if level not in LEVELS[kind]:
            yield Problem(
                f"{path}.permissions.{persona}",
                f"'{level}' is no level of a {kind}; give one of {', '.join(LEVELS[kind])}",
            )
    yield from grantee_problems(f"{path}.permissions", list(permissions), groups)


def grantee_problems(
    path: str, personas: list[Persona], groups: Mapping[Persona, Group]
) -> Iterator[Problem]:
    """Personas without a group, and one group twice on one object."""
    for persona in personas:
        if persona not in groups:
            have = ", ".join(sorted(groups)) or "none"
            yield Problem(f"{path}.{persona}", f"has no group; add it to databricks.groups (there: {have})")
    names = Counter(groups[persona].name for persona in personas if persona in groups)
    for name, count in names.items():
        if count > 1:
            both = sorted(p for p in personas if p in groups and groups[p].name == name)
            yield Problem(
                path, f"{', '.join(both)} are one group, '{name}': two grants for one principal; keep one"
            )
