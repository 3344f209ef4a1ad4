"""Whether who deploys may do what the program does, conditions on its grants included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from azure_facts.arm_ids import resource_group_id
from azure_facts.roles import Permission, Role
from infra.access.granted import UNDOING, granted_roles, undoes
from infra.conventions.custom_roles import CustomRole, custom_role_guid
from infra.conventions.name_rules import ResourceKind
from infra.conventions.role_assignments import role_guid
from infra.live.errors import looking
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task
from infra.settings.access import Persona
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings

_ASSIGN = "Microsoft.Authorization/roleAssignments/write"
_NEEDED = (
    ("Microsoft.Resources/subscriptions/resourceGroups/write", Role.CONTRIBUTOR),
    ("Microsoft.ManagedIdentity/userAssignedIdentities/assign/action", Role.CONTRIBUTOR),
    (_ASSIGN, Role.ROLE_BASED_ACCESS_CONTROL_ADMINISTRATOR),
)
_LOCK = ("Microsoft.Authorization/locks/write", Role.LOCKS_CONTRIBUTOR)
_DEFINE_ROLES = "Microsoft.Authorization/roleDefinitions/write"
_BOOTSTRAP = "run bootstrap/bootstrap.sh with --repair: docs/bootstrap.md"
_ASKED_FOR = (_ASSIGN, _DEFINE_ROLES)
"""Of what undoes a protection, what the bootstrap gives: under a condition, and where it is asked to."""


def deployer_rights(task: Task) -> Iterator[Finding]:
    """The roles at the subscription and above it allow what the program does."""
    check, caller = "rights of the deployer", task.azure.caller()
    scope = f"/subscriptions/{task.azure.subscription_id}"
    granted = granted_on(task, scope, caller.object_id)
    missing = [
        (action, role)
        for action, role in (*_NEEDED, *([_LOCK] if task.settings.recovery.locks else []))
        if not list(allowing(granted, action))
    ]
    for action, role in missing:
        yield Finding(
            check,
            Verdict.FAILED,
            f"{action} is not allowed on the subscription",
            # A pipeline gets no role that takes locks off.
            _BOOTSTRAP
            if role is Role.LOCKS_CONTRIBUTOR and _is_pipeline(task, caller.object_id)
            else f'az role assignment create --assignee {caller.object_id} --role "{role}" --scope {scope}',
        )
    barred = _barred(task.settings, [one.condition for one in allowing(granted, _ASSIGN)])
    if barred:
        yield Finding(
            check,
            barred[0],
            f"grants: {barred[1]}",
            f"az role assignment list --assignee {caller.object_id} --scope {scope} --include-inherited "
            '--query "[].{role: roleDefinitionName, condition: condition}"',
        )
    yield from _undoing(task, caller.object_id, granted)
    if not missing and not (barred and barred[0] is Verdict.FAILED):
        yield Finding(check, Verdict.OK, "resources, grants and locks are allowed")
    if not list(allowing(granted, _DEFINE_ROLES)):
        yield Finding(
            check,
            Verdict.NOTE,
            "custom roles cannot be defined: an Owner runs the first `up` and each that changes one: docs/bootstrap.md",
        )


def _undoing(task: Task, caller: str, granted: Sequence[Permission]) -> Iterator[Finding]:
    """A person may take off a lock; the pipeline that runs what was merged must not."""
    if not _is_pipeline(task, caller):
        return
    for action in UNDOING:
        if action not in _ASKED_FOR and list(allowing(granted, action)):
            yield Finding(
                "rights of the deployer",
                Verdict.FAILED,
                f"{action} is allowed to the deploying identity, which undoes what holds it",
                _BOOTSTRAP,
            )


def _is_pipeline(task: Task, caller: str) -> bool:
    pipeline = task.settings.access.personas.get(Persona.CI)
    return pipeline is not None and pipeline.object_id == caller


def granted_on(task: Task, scope: str, object_id: str) -> list[Permission]:
    """What somebody holds on a scope, there or above, groups included. Raises `CannotLookError`."""
    granted: list[Permission] = []
    with looking("role assignments", "Reader"):
        client = task.azure.authorization()
        for assignment in client.role_assignments.list_for_scope(scope, filter=f"assignedTo('{object_id}')"):
            if not _covers(str(assignment.scope), scope):
                continue
            definition = client.role_definitions.get_by_id(str(assignment.role_definition_id))
            granted += [
                Permission(
                    actions=tuple(one.actions or ()),
                    not_actions=tuple(one.not_actions or ()),
                    data_actions=tuple(one.data_actions or ()),
                    not_data_actions=tuple(one.not_data_actions or ()),
                    condition=assignment.condition or "",
                )
                for one in definition.permissions or []
            ]
    return granted


def _covers(scope: str, of: str) -> bool:
    scope, of = scope.rstrip("/").lower(), of.lower()
    return scope == of or of.startswith(f"{scope}/") or scope.startswith("/providers/microsoft.management/")


def allowing(granted: Sequence[Permission], action: str) -> Iterator[Permission]:
    """Roles add up; what one excludes (`notActions`) another may still give."""
    return (one for one in granted if one.permits(action))


def assigned_roles(settings: PlatformSettings) -> Mapping[str, str]:
    """GUID to name of each role that the stack may assign."""
    group = naming_of(settings).name(ResourceKind.RESOURCE_GROUP)
    scope = resource_group_id(settings.azure.subscription_id, group)
    roles = granted_roles(settings.environment.kind, settings.access.personas)
    return {
        (custom_role_guid(role, scope) if isinstance(role, CustomRole) else role_guid(role)).lower(): str(
            role
        )
        for role in roles
    }


_ROLE_TEST = re.compile(
    r"@Request\[Microsoft\.Authorization/roleAssignments:RoleDefinitionId\]\s*"
    r"ForAnyOf(?:Any|All)Values:Guid(?P<not>Not)?Equals\s*\{(?P<guids>[^}]*)\}",
    re.IGNORECASE,
)
_PRINCIPAL_TYPE_TEST = re.compile(
    r"@Request\[Microsoft\.Authorization/roleAssignments:PrincipalType\]\s*"
    r"ForAnyOfAnyValues:StringEqualsIgnoreCase\s*\{(?P<types>[^}]*)\}",
    re.IGNORECASE,
)


def _barred(settings: PlatformSettings, conditions: list[str]) -> tuple[Verdict, str] | None:
    """What the conditions under which roles may be assigned keep the program from. One grant that lets everything
    pass is enough."""
    roles = assigned_roles(settings)
    undoing = {role_guid(role).lower() for role in Role if undoes(role)}
    daily = {guid: name for guid, name in roles.items() if guid not in undoing}
    barred = _least_barred(conditions, daily)
    if barred or not _least_barred(conditions, roles):
        return barred
    by_hand = ", ".join(sorted(name for guid, name in roles.items() if guid in undoing))
    return Verdict.NOTE, f"an Owner runs the `up` that first grants {by_hand}: docs/bootstrap.md"


def _least_barred(conditions: list[str], roles: Mapping[str, str]) -> tuple[Verdict, str] | None:
    judged = [judge_condition(condition, roles) for condition in conditions]
    if not judged or None in judged:
        return None
    return min((one for one in judged if one), key=lambda one: one[0] is Verdict.FAILED)


def judge_condition(condition: str, roles: Mapping[str, str]) -> tuple[Verdict, str] | None:
    """None where every one of `roles` may be assigned, to groups and service principals.

    Reads the forms that the portal writes (learn.microsoft.com
    role-based-access-control/delegate-role-assignments-examples); of others it says so.
    """
    if not condition.strip():
        return None
    if re.search(r"@Request\[[^\]]*:PrincipalId\]", condition, re.IGNORECASE):
        return (
            Verdict.FAILED,
            "a condition names the principals; the platform's own identities are not among them",
        )
    tests = list(_ROLE_TEST.finditer(condition))
    types = list(_PRINCIPAL_TYPE_TEST.finditer(condition))
    if len(tests) + len(types) != len(re.findall(r"@Request\[", condition, re.IGNORECASE)) or len(tests) > 1:
        return Verdict.NOTE, "the right to assign roles has a condition that is not judged here"
    for found in types:
        missing = sorted({"group", "serviceprincipal"} - set(re.findall(r"\w+", found["types"].lower())))
        if missing:
            return Verdict.FAILED, f"a condition forbids principals of the kind {' and '.join(missing)}"
    for found in tests:
        named = set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", found["guids"].lower()))
        out = sorted(name for guid, name in roles.items() if (guid in named) is bool(found["not"]))
        if out:
            return Verdict.FAILED, f"a condition forbids the roles {', '.join(out)}"
    return None
