"""Personas inside Databricks: persona x environment kind -> entitlements, and the group that has them.

Owns what is allowed; a component of the workspace applies it. Permissions on clusters, jobs and folders are those
objects' own. Entitlements: terraform-provider-databricks docs/resources/entitlements.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming
from infra.settings.access import Access, Persona
from infra.settings.environment import EnvironmentKind


@dataclass(frozen=True)
class Entitlements:
    """What a group may do in the workspace, beside what single objects permit it.

    `allow_cluster_create` is unrestricted creation; clusters under a cluster policy need the policy's CAN_USE only.
    `workspace_consume` sees shared dashboards and nothing else: it counts where `workspace_access` and
    `databricks_sql_access` are off.
    """

    workspace_access: bool = False
    databricks_sql_access: bool = False
    allow_cluster_create: bool = False
    allow_instance_pool_create: bool = False
    workspace_consume: bool = False

    def __or__(self, other: Entitlements) -> Entitlements:
        """What a group has that is two personas: everything of both, and nothing that the rest makes void."""
        opens = self.workspace_access or other.workspace_access
        queries = self.databricks_sql_access or other.databricks_sql_access
        return Entitlements(
            workspace_access=opens,
            databricks_sql_access=queries,
            allow_cluster_create=self.allow_cluster_create or other.allow_cluster_create,
            allow_instance_pool_create=self.allow_instance_pool_create or other.allow_instance_pool_create,
            workspace_consume=(self.workspace_consume or other.workspace_consume) and not (opens or queries),
        )


_DEVELOPER = Entitlements(workspace_access=True, databricks_sql_access=True)
_SQL = Entitlements(databricks_sql_access=True)
_CONSUMER = Entitlements(workspace_consume=True)
_OPERATOR = Entitlements(
    workspace_access=True,
    databricks_sql_access=True,
    allow_cluster_create=True,
    allow_instance_pool_create=True,
)

_NONPROD, _PROD = EnvironmentKind.NONPROD, EnvironmentKind.PROD

DATABRICKS_TABLE: Mapping[tuple[Persona, EnvironmentKind], Entitlements] = MappingProxyType(
    {
        (Persona.PLATFORM_ADMIN, _NONPROD): _OPERATOR,
        (Persona.PLATFORM_ADMIN, _PROD): _DEVELOPER,
        (Persona.ML_ENGINEER, _NONPROD): _DEVELOPER,
        (Persona.ML_ENGINEER, _PROD): _DEVELOPER,
        (Persona.DATA_SCIENTIST, _NONPROD): _DEVELOPER,
        (Persona.DATA_SCIENTIST, _PROD): _CONSUMER,
        (Persona.DATA_ENGINEER, _NONPROD): _DEVELOPER,
        (Persona.DATA_ENGINEER, _PROD): _DEVELOPER,
        (Persona.ANALYST, _NONPROD): _SQL,
        (Persona.ANALYST, _PROD): _SQL,
        (Persona.AUDITOR, _NONPROD): _CONSUMER,
        (Persona.AUDITOR, _PROD): _CONSUMER,
        (Persona.CI, _NONPROD): _OPERATOR,
        (Persona.CI, _PROD): _OPERATOR,
    }
)
"""Every persona in every kind. In prod nobody but CI creates machines; opening the workspace (`workspace_access`) is
how engineers see job runs there, and shows no data: data is opened by grants of the catalog."""


@dataclass(frozen=True)
class DatabricksGroup:
    """One Entra group as the workspace knows it, and what it is entitled to."""

    name: str
    object_id: str
    entitlements: Entitlements


def databricks_groups(
    access: Access, kind: EnvironmentKind, naming: Naming
) -> Mapping[Persona, DatabricksGroup]:
    """The group of each persona of this environment. A persona that is one service principal has none.

    Personas that are one Entra group are entitled to what each of them is.
    """
    held: dict[str, Entitlements] = {}
    for persona, principal in access.personas.items():
        entitled = DATABRICKS_TABLE[persona, kind]
        held[principal.object_id] = held.get(principal.object_id, entitled) | entitled
    return {
        persona: DatabricksGroup(
            name=principal.databricks_group
            or naming.name(ResourceKind.DATABRICKS_OBJECT, persona.replace("_", "-")),
            object_id=principal.object_id,
            entitlements=held[principal.object_id],
        )
        for persona, principal in access.personas.items()
        if principal.principal_type == "Group"
    }
