"""Every grant precedes its user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.frame.judged import Judged, Stack
from policies.frame.relations import arm_id, ends_with, waits_for
from policies.frame.rule import (
    UNKNOWN_STRING,
    Anchors,
    Outcome,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_USERS = (
    "azure-native:machinelearningservices:Workspace",
    "azure-native:machinelearningservices:Compute",
    "azure-native:machinelearningservices:OnlineEndpoint",
    "azure-native:containerservice:ManagedCluster",
)
_IDENTITY_TYPE = "azure-native:managedidentity:UserAssignedIdentity"
_WORKSPACE_TYPE = _USERS[0]
_PRIMARY = "primaryUserAssignedIdentity"


def _check(stack: Stack) -> Iterator[StackFinding]:
    """A user waits for the grants of its identity on what it waits for; objects in a workspace also for those
    of the workspace's identity."""
    grants = list(stack.of("azure-native:authorization:RoleAssignment"))
    grants_wait_for = {grant.urn: waits_for(stack, grant) for grant in grants}
    identities = {identity.urn: arm_id(stack, identity) for identity in stack.of(_IDENTITY_TYPE)}
    primary = [name for workspace in stack.of(_WORKSPACE_TYPE) if (name := stack.text(workspace, _PRIMARY))]
    for user in stack.of(*_USERS):
        names = [*stack.read(user, _identities, []), *(primary if user.type != _USERS[0] else ())]
        held = {urn for urn, end in identities.items() if any(ends_with(name, end) for name in names)}
        before = waits_for(stack, user)
        for grant in grants:
            about_user = user.urn in grants_wait_for[grant.urn]
            targets = set(grant.dependencies) - set(identities)
            if (
                held & set(grant.dependencies)
                and targets & before
                and not about_user
                and grant.urn not in before
            ):
                yield StackFinding(f"does not wait for the grant {grant.name}", user.urn)


def _identities(user: Judged) -> list[str]:
    found = user.value("identity.userAssignedIdentities")
    return [str(name) for name in found] if isinstance(found, Sequence | Mapping) else []


_ID = "/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"
_IDENTITY = Sample(
    "azure-native:managedidentity:UserAssignedIdentity",
    {"resourceGroupName": "g", "resourceName": "id"},
    name="identity",
)
_TARGET = Sample("azure-native:storage:StorageAccount", name="target")
_GRANT = Sample(
    "azure-native:authorization:RoleAssignment", name="grant", dependencies=("identity", "target")
)
_USES = {"identity": {"type": "UserAssigned", "userAssignedIdentities": [_ID]}}

RULE = StackRule(
    id="AMLP-AC-012",
    title="Every grant precedes its user",
    severity=Severity.HIGH,
    check=_check,
    why="A workspace or a cluster that starts before its rights are there fails, or takes others.",
    fix="Let the user depend on the role assignments of its identity",
    anchors=Anchors(
        benchmark=("IM-3",),
        source="learn.microsoft.com role-based-access-control/troubleshooting (assignments take minutes)",
    ),
    cases=StackCases(
        allowed=(
            _IDENTITY,
            _TARGET,
            _GRANT,
            Sample(
                "azure-native:machinelearningservices:Workspace",
                _USES,
                name="w",
                dependencies=("grant", "target"),
            ),
        ),
        denied=(
            _IDENTITY,
            _TARGET,
            _GRANT,
            Sample(
                "azure-native:machinelearningservices:Workspace", _USES, name="w", dependencies=("target",)
            ),
        ),
        omitted=(_IDENTITY, Sample("azure-native:machinelearningservices:Workspace", _USES, name="w")),
        unknown=(
            _IDENTITY,
            _GRANT,
            Sample(
                "azure-native:machinelearningservices:Workspace",
                {"identity": {"type": "UserAssigned", "userAssignedIdentities": UNKNOWN_STRING}},
                name="w",
            ),
        ),
        omitted_is=Outcome.PASSED,
    ),
)
