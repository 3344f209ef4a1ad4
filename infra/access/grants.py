"""Role assignments: one function for identities, personas and everybody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import authorization, machinelearningservices

from azure_facts.arm_ids import role_definition_id
from azure_facts.blob_conditions import CONDITION_VERSION
from azure_facts.roles import Role
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.identity_table import identity_rows
from infra.access.principal import Principal
from infra.access.table import (
    CROSS_ENVIRONMENT_ROLES,
    LIMITS,
    WORKLOAD_RIGHTS,
    AccessScope,
    rows_for,
)
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.custom_roles import CustomRole, custom_role_guid
from infra.conventions.role_assignments import Grant, merge_grants, role_assignment_name, role_guid
from infra.settings.access import CrossEnvironmentReader, PersonaPrincipal, PrincipalType

__all__ = ["Principal", "grant", "grant_identity", "grant_personas", "system_principal"]


def grant(
    owner: Component,
    name: str,
    scope: Reference,
    principal: Principal,
    role: Role | CustomRole,
    reason: str,
    *,
    condition: str | None = None,
    depends_on: Sequence[pulumi.Resource] = (),
) -> authorization.RoleAssignment:
    """Give `principal` the `role` on `scope`; `reason` becomes the assignment's description. `condition` narrows it.

    The assignment's GUID follows from scope, principal and role: the role of an existing assignment cannot be
    changed (RoleAssignmentUpdateNotPermitted), and a random GUID collides when the same grant is made again
    (RoleAssignmentExists). `principal_type` spares the look-up that fails while a new identity spreads.
    """
    definition = _definition(owner.context, role)
    return authorization.RoleAssignment(
        name,
        role_assignment_name=role_assignment_name(scope.id, principal.key, definition.name),
        scope=scope.known_id,
        principal_id=principal.object_id,
        principal_type=principal.type,
        role_definition_id=definition.known_id,
        description=reason,
        condition=condition,
        condition_version=CONDITION_VERSION if condition else None,
        opts=owner.child(
            depends_on=depends_on,
            immutable=["roleDefinitionId"],
            retry="azure-native:authorization:RoleAssignment",
        ),
    )


def system_principal(
    resource_id: str,
    identity: pulumi.Output[machinelearningservices.outputs.ManagedServiceIdentityResponse | None],
) -> Principal:
    """The identity that Azure made with a resource of Azure ML."""
    object_id = identity.apply(lambda made: made.principal_id if made else "")
    return Principal(resource_id, object_id, "ServicePrincipal")


def grant_identity(
    owner: Component,
    identity: IdentityPurpose,
    principal: Principal,
    scope_kind: AccessScope,
    scope: Reference,
    conditions: Collection[Condition] = (),
    part: str = "",
) -> list[authorization.RoleAssignment]:
    """Apply the identity table's rows of one identity on one scope; `conditions` are those that hold.

    `part` tells scopes of one kind apart where a component grants on several.
    """
    return [
        grant(
            owner,
            _logical_name(f"{identity}-identity", row.role, scope_kind, part),
            scope,
            principal,
            row.role,
            why,
            condition=row.limit,
        )
        for row in identity_rows(identity, scope_kind, conditions)
        for why in (f"{identity}: {row.reason}",)
    ]


def grant_personas(
    owner: Component, scope_kind: AccessScope, scope: Reference, part: str = ""
) -> list[authorization.RoleAssignment]:
    """Apply the access table's rows of one scope, to personas and to who else settings let in by it.

    Readers from other environments and workload identities are granted here too; a principal that is named twice (two
    personas with one group) gets each role once, with both reasons. `part` tells scopes of one kind apart.
    """
    wanted = list(_wanted(owner.context, scope_kind))
    principals = {item.principal.key: item.principal for item in wanted}
    roles = {_definition(owner.context, item.role).name: item.role for item in wanted}
    merged = merge_grants(
        Grant(scope.id, item.principal.key, _definition(owner.context, item.role).name, item.reason)
        for item in wanted
    )
    return [
        grant(
            owner,
            # By object id, as the assignment's GUID is: named by persona, a group that moves between personas
            # would be a new resource with the id of an old one, which the provider refuses to create.
            _logical_name(str(scope_kind), role, row.principal_key.rpartition("/")[2], part),
            scope,
            principals[row.principal_key],
            role,
            row.reason,
            condition=LIMITS.get((scope_kind, role)),
        )
        for row in merged
        for role in (roles[role_guid(row.role)],)
    ]


@dataclass(frozen=True)
class _Wanted:
    principal: Principal
    role: Role | CustomRole
    reason: str


def _wanted(context: Context, scope_kind: AccessScope) -> Iterator[_Wanted]:
    access = context.access
    for row in rows_for(context.environment.kind, scope_kind):
        if row.persona in access.personas:
            given = access.personas[row.persona]
            yield _Wanted(_principal(given), row.role, f"{row.persona}: {row.reason}")
    if scope_kind is AccessScope.AKS:
        yield from _runs_commands(context)
    for key, reader in access.cross_environment_readers.items():
        for readable in reader.scopes:
            scope, role = CROSS_ENVIRONMENT_ROLES[readable]
            if scope is scope_kind:
                yield _Wanted(_principal(reader), role, f"{key}: reads this data from {reader.environment}")
    for key, workload in context.workloads.items():
        for right in WORKLOAD_RIGHTS:
            if right.scope is scope_kind and right.right in access.workloads[key].rights:
                yield _Wanted(workload.principal, right.role, f"{key}: {right.reason}")


def _runs_commands(context: Context) -> Iterator[_Wanted]:
    for persona in dict.fromkeys(context.access.cluster_commands):
        principal = _principal(context.access.personas[persona])
        yield _Wanted(principal, CustomRole.AKS_COMMAND_RUNNER, f"{persona}: runs commands in the cluster")


def _principal(given: PersonaPrincipal | CrossEnvironmentReader) -> Principal:
    is_group = given.principal_type is PrincipalType.GROUP
    return Principal(given.object_id, given.object_id, "Group" if is_group else "ServicePrincipal")


def _definition(context: Context, role: Role | CustomRole) -> Reference:
    """The role's id, and its GUID as the name; a role of ours carries the dependency on its definition."""
    if isinstance(role, Role):
        guid = role_guid(role)
        return Reference(role_definition_id(context.azure.subscription_id, guid), guid)
    if role in context.custom_roles:
        return context.custom_roles[role]
    raise pulumi.RunError(
        f"{role} is assigned before it is defined; CustomRoles must come first in infra/platform.py "
        f"(its GUID would be {custom_role_guid(role, context.resource_group.id)})"
    )


def _logical_name(start: str, role: Role | CustomRole, end: str, part: str = "") -> str:
    return "-".join(word for word in (start, str(role), end, part) if word).replace(" ", "-").lower()
