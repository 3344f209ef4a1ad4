"""Production's lakes have a copy that the deploying identity cannot delete."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.relations import arm_id, ends_with, hierarchical_accounts
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

_ACCOUNT = "azure-native:storage:StorageAccount"
_INSTANCE = "azure-native:dataprotection:BackupInstance"


def _check(stack: Stack) -> Iterator[StackFinding]:
    copied = [
        stack.text(instance, "properties.dataSourceInfo.resourceID") for instance in stack.of(_INSTANCE)
    ]
    lakes = hierarchical_accounts(stack)
    for account in stack.of(_ACCOUNT):
        name = stack.text(account, "accountName")
        if name in lakes and not any(ends_with(source, arm_id(stack, account)) for source in copied):
            yield StackFinding(f"the lake {name} has no copy in a backup vault", account.urn)


_LAKE = Sample(_ACCOUNT, {"resourceGroupName": "g", "accountName": "dls", "isHnsEnabled": True})


def _instance(source: str) -> Sample:
    return Sample(_INSTANCE, {"properties": {"dataSourceInfo": {"resourceID": source}}}, name="instance")


RULE = StackRule(
    id="AMLP-RC-009",
    title="Production's lakes have a copy in a backup vault",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "A lake has no versions: what is overwritten is gone, and who may deploy may switch soft delete off and "
        "delete the rest."
    ),
    fix="Back the lake up (recovery.lake_backup)",
    anchors=Anchors(
        benchmark=("BR-1", "BR-2"),
        source="learn.microsoft.com backup/azure-data-lake-storage-backup-overview",
    ),
    kinds=PROD_ONLY,
    cases=StackCases(
        allowed=(_LAKE, _instance("/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/dls")),
        denied=(_LAKE, _instance("/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/other")),
        omitted=(_LAKE,),
        unknown=(
            Sample(
                _ACCOUNT, {"resourceGroupName": "g", "accountName": "dls", "isHnsEnabled": UNKNOWN_STRING}
            ),
        ),
    ),
)
