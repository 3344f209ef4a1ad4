"""A single person's right on notebooks is that of a compute instance's owner."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import changed_sample
from policies.frame.judged import Stack
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
from policies.rules.access.people_write import INSTANCE_OWNERS_ROLE

_OWNER = "properties.properties.personalComputeInstanceSettings.assignedUser.objectId"


def _check(stack: Stack) -> Iterator[StackFinding]:
    owners = {
        stack.text(compute, _OWNER) for compute in stack.of("azure-native:machinelearningservices:Compute")
    }
    for grant in stack.of("azure-native:authorization:RoleAssignment"):
        role = stack.text(grant, "roleDefinitionId").rpartition("/")[2].lower()
        person = stack.text(grant, "principalId")
        if stack.text(grant, "principalType") != "User" or role != INSTANCE_OWNERS_ROLE or not person:
            continue
        scope = stack.text(grant, "scope").lower()
        if person not in owners:
            yield StackFinding(f"{person} owns no compute instance and writes notebooks", grant.urn)
        elif scope and "/storageaccounts/" not in scope:
            yield StackFinding(f"{person} writes the files of more than one account", grant.urn)


_PERSON = "b0000000-0000-4000-8000-000000000002"
_GRANT = Sample(
    "azure-native:authorization:RoleAssignment",
    {
        "principalId": _PERSON,
        "principalType": "User",
        "roleDefinitionId": f"/roleDefinitions/{INSTANCE_OWNERS_ROLE}",
        "scope": "/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/stml",
    },
    name="grant",
)
_INSTANCE = Sample(
    "azure-native:machinelearningservices:Compute",
    {
        "properties": {
            "properties": {"personalComputeInstanceSettings": {"assignedUser": {"objectId": _PERSON}}}
        }
    },
    name="instance",
)

RULE = StackRule(
    id="AMLP-AC-030",
    title="A single person's right on notebooks is that of an instance's owner",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "Notebooks are opened as the instance's owner once the account's keys are off. People without an instance need "
        "no right on the account, and a right above the account opens every account below it."
    ),
    fix="Remove the grant, or assign the person an instance and grant on its workspace's account",
    anchors=Anchors(
        benchmark=("PA-7",), source="learn.microsoft.com machine-learning how-to-disable-local-auth-storage"
    ),
    cases=StackCases(
        allowed=(_GRANT, _INSTANCE),
        denied=(_GRANT,),
        omitted=(_INSTANCE,),
        unknown=(changed_sample(_GRANT, {"principalId": UNKNOWN_STRING}),),
        omitted_is=Outcome.PASSED,
    ),
)
