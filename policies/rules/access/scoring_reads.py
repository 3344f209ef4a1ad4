"""What answers requests only reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from infra.conventions.roles import BUILT_IN_ROLES
from policies.frame.judged import Judged, Stack
from policies.frame.relations import arm_id, ends_with
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

_WRITING = {definition.guid: role for role, definition in BUILT_IN_ROLES.items() if definition.writes}


def _check(stack: Stack) -> Iterator[StackFinding]:
    scoring = set(_scoring_identities(stack))
    for grant in stack.of("azure-native:authorization:RoleAssignment"):
        role = _WRITING.get(stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower())
        if role and scoring & set(grant.dependencies):
            yield StackFinding(f"{role.value} is granted to an endpoint's identity", grant.urn)


def _scoring_identities(stack: Stack) -> Iterator[str]:
    used = [
        name
        for endpoint in stack.of("azure-native:machinelearningservices:OnlineEndpoint")
        for name in stack.read(endpoint, _identities, [])
    ]
    for identity in stack.of("azure-native:managedidentity:UserAssignedIdentity"):
        if any(ends_with(name, arm_id(stack, identity)) for name in used):
            yield identity.urn


def _identities(endpoint: Judged) -> list[str]:
    found = endpoint.value("identity.userAssignedIdentities")
    return [str(name) for name in found] if isinstance(found, Sequence | Mapping) else []


_ID = "/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"
_IDENTITY = Sample(
    "azure-native:managedidentity:UserAssignedIdentity",
    {"resourceGroupName": "g", "resourceName": "id"},
    name="identity",
)
_CONTRIBUTOR = {
    "roleDefinitionId": "/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
    "principalType": "ServicePrincipal",
}
_ENDPOINT = Sample(
    "azure-native:machinelearningservices:OnlineEndpoint",
    {"identity": {"type": "UserAssigned", "userAssignedIdentities": [_ID]}},
    name="e",
)

RULE = StackRule(
    id="AMLP-AC-014",
    title="What answers requests only reads",
    severity=Severity.HIGH,
    check=_check,
    why="A scoring container takes input from outside: what it may write, an attacker may write.",
    fix="Give the endpoint's identity reading roles",
    anchors=Anchors(
        benchmark=("PA-7",), source="learn.microsoft.com machine-learning concept-secure-online-endpoint"
    ),
    cases=StackCases(
        allowed=(
            _IDENTITY,
            _ENDPOINT,
            Sample(
                "azure-native:authorization:RoleAssignment",
                {"roleDefinitionId": "/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"},
                name="grant",
                dependencies=("identity",),
            ),
        ),
        denied=(
            _IDENTITY,
            _ENDPOINT,
            Sample(
                "azure-native:authorization:RoleAssignment",
                _CONTRIBUTOR,
                name="grant",
                dependencies=("identity",),
            ),
        ),
        omitted=(_IDENTITY, _ENDPOINT),
        unknown=(Sample("azure-native:authorization:RoleAssignment", {"roleDefinitionId": UNKNOWN_STRING}),),
        omitted_is=Outcome.PASSED,
    ),
)
