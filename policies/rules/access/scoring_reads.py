"""What answers requests only reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from azure_facts.roles import Role, built_in_role
from infra.conventions.writing_roles import writing_roles
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


def _check(stack: Stack) -> Iterator[StackFinding]:
    scoring = set(scoring_identities(stack))
    for grant in stack.of("azure-native:authorization:RoleAssignment"):
        role = writing_roles().get(stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower())
        kept = role == Role.STORAGE_BLOB_DATA_CONTRIBUTOR and _collects_data(stack)
        if role and not kept and scoring & set(grant.dependencies):
            yield StackFinding(f"{role} is granted to an endpoint's identity", grant.urn)


def scoring_identities(stack: Stack) -> Iterator[str]:
    """URNs of the identities that endpoints have."""
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


def _collects_data(stack: Stack) -> bool:
    """The data collector writes as the endpoint's identity (azure_facts.data_collector)."""
    return any(
        deployment.value("properties.dataCollector")
        for deployment in stack.of("azure-native:machinelearningservices:OnlineDeployment")
    )


_ID = "/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id"
_IDENTITY = Sample(
    "azure-native:managedidentity:UserAssignedIdentity",
    {"resourceGroupName": "g", "resourceName": "id"},
    name="identity",
)
_CONTRIBUTOR = {
    "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.CONTRIBUTOR).guid}",
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
    why="A scoring container takes input from outside: what it may write, an attacker may write. "
    "Where a deployment collects data for monitors, its blobs are the exception.",
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
                {"roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.STORAGE_BLOB_DATA_READER).guid}"},
                name="grant",
                dependencies=("identity",),
            ),
            Sample(
                "azure-native:machinelearningservices:OnlineDeployment",
                {"properties": {"endpointComputeType": "Managed", "dataCollector": {"collections": {}}}},
                name="deployment",
            ),
            Sample(
                "azure-native:authorization:RoleAssignment",
                {
                    "roleDefinitionId": f"/roleDefinitions/{built_in_role(Role.STORAGE_BLOB_DATA_CONTRIBUTOR).guid}"
                },
                name="collecting",
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
