"""Production's notebooks are backed up."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import changed_sample
from policies.frame.judged import Stack
from policies.frame.relations import arm_id, ends_with
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)


def _check(stack: Stack) -> Iterator[StackFinding]:
    items = list(stack.of("azure-native:recoveryservices:ProtectedItem"))
    policies = [
        stack.text(policy, "policyName")
        for policy in stack.of("azure-native:recoveryservices:ProtectionPolicy")
    ]
    for item in items:
        policy = stack.text(item, "properties.policyId").rpartition("/")[2]
        if policy and policies and policy not in policies:
            yield StackFinding(f"it names the backup policy {policy}, which is not there", item.urn)
    # Azure Backup needs the account's key: what takes none is kept another way.
    keyless = {
        arm_id(stack, account)
        for account in stack.of("azure-native:storage:StorageAccount")
        if stack.read(account, lambda asked: asked.value("allowSharedKeyAccess") is False, default=False)
    }
    for workspace in stack.of("azure-native:machinelearningservices:Workspace"):
        account = stack.text(workspace, "storageAccount").lower()
        if any(ends_with(account, end) for end in keyless):
            continue
        if account and not any(
            stack.text(item, "properties.sourceResourceId").lower() == account for item in items
        ):
            yield StackFinding("the file share with its notebooks is not backed up", workspace.urn)


_WORKSPACE = Sample("azure-native:machinelearningservices:Workspace", {"storageAccount": "/s"})

_PROTECTED_ITEM = Sample(
    "azure-native:recoveryservices:ProtectedItem",
    {
        "properties": {
            "protectedItemType": "AzureFileShareProtectedItem",
            "sourceResourceId": "/s",
        }
    },
    name="item",
)

RULE = StackRule(
    id="AMLP-RC-007",
    title="Production's notebooks are backed up where they can be",
    severity=Severity.MEDIUM,
    check=_check,
    why="Soft delete of the share keeps a deleted share, not an overwritten notebook.",
    fix="Protect the share with Azure Backup (recovery.notebook_backup), or switch the account's keys off and use git",
    anchors=Anchors(benchmark=("BR-1",), azure_policy=("cfc5190a-3b19-4a23-b563-a4c719b666e4",)),
    kinds=PROD_ONLY,
    cases=StackCases(
        allowed=(
            _WORKSPACE,
            _PROTECTED_ITEM,
        ),
        denied=(
            _WORKSPACE,
            changed_sample(_PROTECTED_ITEM, {"properties.sourceResourceId": "/other"}),
        ),
        omitted=(_WORKSPACE,),
        unknown=(
            Sample("azure-native:machinelearningservices:Workspace", {"storageAccount": UNKNOWN_STRING}),
        ),
    ),
)
