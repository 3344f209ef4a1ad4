"""Role assignments: one function for identities and personas alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pulumi
from pulumi_azure_native import authorization

from infra.access.table import AccessScope, rows_for
from infra.component import Component
from infra.context import Reference
from infra.conventions.arm_ids import role_definition_id
from infra.conventions.roles import Grant, Role, merge_grants, role_assignment_name, role_guid
from infra.settings.access import Persona


@dataclass(frozen=True)
class Principal:
    """Who receives a role.

    `key` identifies the principal before it exists: an identity's ARM id, or a group's object id.
    """

    key: str
    object_id: pulumi.Input[str]
    type: Literal["ServicePrincipal", "Group"]


def grant(
    owner: Component,
    name: str,
    scope: Reference,
    principal: Principal,
    role: Role | str,
    reason: str,
    *,
    depends_on: Sequence[pulumi.Resource] = (),
) -> authorization.RoleAssignment:
    """Give `principal` the `role` on `scope`; `reason` becomes the assignment's description.

    The assignment's GUID follows from scope, principal and role: the role of an existing assignment cannot be
    changed (RoleAssignmentUpdateNotPermitted), and a random GUID collides when the same grant is made again
    (RoleAssignmentExists). `principal_type` spares the look-up that fails while a new identity spreads.
    """
    guid = role_guid(role)
    return authorization.RoleAssignment(
        name,
        role_assignment_name=role_assignment_name(scope.id, principal.key, guid),
        scope=scope.known_id,
        principal_id=principal.object_id,
        principal_type=principal.type,
        role_definition_id=role_definition_id(owner.context.azure.subscription_id, guid),
        description=reason,
        opts=owner.child(
            depends_on=depends_on,
            immutable=["roleDefinitionId"],
            retry="azure-native:authorization:RoleAssignment",
        ),
    )


def grant_personas(
    owner: Component, scope_kind: AccessScope, scope: Reference
) -> list[authorization.RoleAssignment]:
    """Apply the access table's rows of one scope; personas that share a group are merged."""
    personas = owner.context.access.personas
    rows = [
        Grant(
            scope_id=scope.id,
            principal_key=personas[row.persona].object_id,
            role=row.role,
            reason=f"{row.persona}: {row.reason}",
        )
        for row in rows_for(owner.context.environment.kind, scope_kind)
        if row.persona in personas
    ]
    service_principals = {personas[Persona.CI].object_id} if Persona.CI in personas else set[str]()
    return [
        grant(
            owner,
            # By object id, as the assignment's GUID is: named by persona, a group that moves between personas
            # would be a new resource with the id of an old one, which the provider refuses to create.
            f"{scope_kind}-{row.role}-{row.principal_key}".replace(" ", "-").lower(),
            scope,
            Principal(
                key=row.principal_key,
                object_id=row.principal_key,
                type="ServicePrincipal" if row.principal_key in service_principals else "Group",
            ),
            row.role,
            row.reason,
        )
        for row in merge_grants(rows)
    ]
