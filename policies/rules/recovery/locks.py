"""Production's data has delete locks."""

from __future__ import annotations

from collections.abc import Iterator

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

_LOCKED = (
    "azure-native:machinelearningservices:Registry",
    "azure-native:storage:StorageAccount",
    "azure-native:keyvault:Vault",
    "azure-native:containerregistry:Registry",
    "azure-native:operationalinsights:Workspace",
)


def _check(stack: Stack) -> Iterator[StackFinding]:
    locked = [
        stack.text(lock, "scope") for lock in stack.of("azure-native:authorization:ManagementLockByScope")
    ]
    for resource in stack.of(*_LOCKED):
        end = arm_id(stack, resource)
        if end and not any(ends_with(scope, end) for scope in locked):
            yield StackFinding(f"{end.rpartition('/')[2]} has no delete lock", resource.urn)


_VAULT = Sample(
    "azure-native:keyvault:Vault",
    {
        "resourceGroupName": "g",
        "vaultName": "kv",
        "properties": {"publicNetworkAccess": "Disabled"},
    },
)

RULE = StackRule(
    id="AMLP-RC-006",
    title="Production's data has delete locks",
    severity=Severity.HIGH,
    check=_check,
    why="Protection binds Pulumi only; the lock also stops the portal and scripts.",
    fix="Add a lock (recovery.locks)",
    anchors=Anchors(
        benchmark=("BR-2",), source="learn.microsoft.com azure-resource-manager management/lock-resources"
    ),
    kinds=PROD_ONLY,
    cases=StackCases(
        allowed=(
            _VAULT,
            Sample(
                "azure-native:authorization:ManagementLockByScope",
                {"scope": "/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv"},
                name="lock",
            ),
        ),
        denied=(
            _VAULT,
            Sample("azure-native:authorization:ManagementLockByScope", {"scope": "/other"}, name="lock"),
        ),
        omitted=(_VAULT,),
        unknown=(
            Sample("azure-native:keyvault:Vault", {"resourceGroupName": "g", "vaultName": UNKNOWN_STRING}),
        ),
    ),
)
