"""The roles that a stack may assign to anybody: what the deploying identity's condition lets through."""

from __future__ import annotations

import json
from collections.abc import Collection

from azure_facts.roles import Role, built_in_role, permits
from infra.access.identity_table import IDENTITY_TABLE
from infra.access.table import ACCESS_TABLE
from infra.conventions.custom_roles import CustomRole
from infra.settings.access import Persona
from infra.settings.environment import EnvironmentKind

UNDOING = (
    "Microsoft.Authorization/locks/delete",
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Authorization/roleDefinitions/write",
    "Microsoft.Authorization/policyAssignments/write",
    "Microsoft.Authorization/policyAssignments/delete",
    "Microsoft.Authorization/policyExemptions/write",
    "Microsoft.Authorization/policyDefinitions/write",
)
"""What takes off a lock, or the policy on the activity log, or lifts the condition."""


def granted_roles(
    kind: EnvironmentKind, personas: Collection[Persona] = tuple(Persona)
) -> frozenset[Role | CustomRole]:
    """Of these personas' rows in an environment of `kind`, and of every identity's.

    What workload identities and other environments' readers get is among the custom roles and the readers' rows.
    """
    people = {row.role for row in ACCESS_TABLE if row.persona in personas and kind in row.kinds}
    identities = {row.role for row in IDENTITY_TABLE}
    return frozenset({*people, *identities, *CustomRole, Role.STORAGE_BLOB_DATA_READER})


def delegated_roles(kind: EnvironmentKind) -> frozenset[Role | CustomRole]:
    """What the deploying identity may assign: who may assign a role may take it, so none that undoes what holds it.

    Storage Account Backup Contributor does: it takes locks off. So who runs the first `up` by hand gives it to the
    backup vault. Our own roles are held to the same by their table (`infra.conventions.custom_roles`).
    """
    return frozenset(role for role in granted_roles(kind) if not undoes(role))


def undoes(role: Role | CustomRole) -> bool:
    """Whether its holder can take a protection off."""
    return isinstance(role, Role) and any(permits(built_in_role(role), one) for one in UNDOING)


def granted_roles_file() -> str:
    """For the bootstrap, which runs before anything is installed and cannot read the tables: by kind of environment,
    built-in roles with their GUIDs, and keys of our own roles."""
    content = {str(kind): _by_origin(delegated_roles(kind)) for kind in EnvironmentKind}
    return json.dumps(content, indent=2) + "\n"


def _by_origin(roles: Collection[Role | CustomRole]) -> dict[str, object]:
    built_in = sorted(role for role in roles if isinstance(role, Role))
    return {
        "built_in": {str(role): built_in_role(role).guid for role in built_in},
        "custom": sorted(role for role in roles if isinstance(role, CustomRole)),
    }
