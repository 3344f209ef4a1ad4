"""Every service sends its logs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.frame.judged import Stack
from policies.frame.relations import arm_id, ends_with
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule

_PARTS: Mapping[str, tuple[str, ...]] = {
    "azure-native:storage:StorageAccount": (
        "/blobservices/default",
        "/fileservices/default",
        "/queueservices/default",
        "/tableservices/default",
    ),
    "azure-native:keyvault:Vault": ("",),
    "azure-native:containerregistry:Registry": ("",),
    "azure-native:machinelearningservices:Workspace": ("",),
    "azure-native:machinelearningservices:Registry": ("",),
    "azure-native:machinelearningservices:OnlineEndpoint": ("",),
    "azure-native:databricks:Workspace": ("",),
    "azure-native:containerservice:ManagedCluster": ("",),
    "azure-native:network:NetworkSecurityGroup": ("",),
    "azure-native:network:NatGateway": ("",),
    "azure-native:network:AzureFirewall": ("",),
    "azure-native:datafactory:Factory": ("",),
    "azure-native:synapse:Workspace": ("",),
    "azure-native:cognitiveservices:Account": ("",),
    "azure-native:app:ManagedEnvironment": ("",),
    "azure-native:recoveryservices:Vault": ("",),
    "azure-native:dataprotection:BackupVault": ("",),
}
"""What has logs of its own, below the resource's id. A lake has no queues and tables."""


def _check(stack: Stack) -> Iterator[StackFinding]:
    covered = [
        stack.text(setting, "resourceUri").lower()
        for setting in stack.of("azure-native:monitor:DiagnosticSetting")
    ]
    for resource in stack.of(*_PARTS):
        end = arm_id(stack, resource)
        lake = stack.read(resource, lambda asked: asked.value("isHnsEnabled"), None) is True
        for part in _PARTS[resource.type]:
            if not end or (lake and part.startswith(("/queue", "/table", "/file"))):
                continue
            if not any(ends_with(target, end + part) for target in covered):
                yield StackFinding(f"no diagnostic setting for {end.rpartition('/')[2]}{part}", resource.urn)


_VAULT = Sample(
    "azure-native:keyvault:Vault",
    {
        "resourceGroupName": "g",
        "vaultName": "kv",
        "properties": {"publicNetworkAccess": "Disabled"},
    },
)

RULE = StackRule(
    id="AMLP-MN-010",
    title="Every service sends its logs",
    severity=Severity.MEDIUM,
    check=_check,
    why="What is not collected from the first day cannot be looked up on the day of the incident.",
    fix="Add a DiagnosticSetting (infra/foundation/diagnostics.py)",
    anchors=Anchors(
        benchmark=("LT-3", "AI-6"),
        azure_policy=(
            "cf820ca0-f99e-4f3e-84fb-66e913812d21",
            "afe0c3be-ba3b-4544-ba52-0c99672a8ad6",
            "138ff14d-b687-4faa-a81c-898c91a87fa2",
            "245fc9df-fa96-4414-9a0b-3738c2f7341c",
        ),
        psrule=(
            "Azure.KeyVault.Logs",
            "Azure.ACR.AuditLogs",
            "Azure.AKS.AuditLogs",
            "Azure.AKS.PlatformLogs",
        ),
        checkov=("CKV_AZURE_4",),
    ),
    cases=StackCases(
        allowed=(
            _VAULT,
            Sample(
                "azure-native:monitor:DiagnosticSetting",
                {"resourceUri": "/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv"},
                name="d",
            ),
        ),
        denied=(
            _VAULT,
            Sample("azure-native:monitor:DiagnosticSetting", {"resourceUri": "/other"}, name="d"),
        ),
        omitted=(_VAULT,),
        unknown=(
            Sample("azure-native:keyvault:Vault", {"resourceGroupName": "g", "vaultName": UNKNOWN_STRING}),
        ),
    ),
)
