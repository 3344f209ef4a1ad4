"""What holds data is protected from deletion."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule

_STATEFUL = (
    "azure-native:resources:ResourceGroup",
    "azure-native:storage:BlobContainer",
    "azure-native:storage:BlobContainerImmutabilityPolicy",
    "azure-native:storage:StorageAccount",
    "azure-native:keyvault:Vault",
    "azure-native:containerregistry:Registry",
    "azure-native:machinelearningservices:Workspace",
    "azure-native:machinelearningservices:Registry",
    "azure-native:machinelearningservices:OnlineEndpoint",
    "azure-native:databricks:Workspace",
    "azure-native:operationalinsights:Workspace",
    "azure-native:applicationinsights:Component",
    "azure-native:dataprotection:BackupVault",
    "azure-native:dataprotection:BackupInstance",
    "azure-native:recoveryservices:Vault",
    "azure-native:synapse:Workspace",
    "azure-native:sql:Server",
    "azure-native:sql:Database",
    "azure-native:datafactory:Factory",
    "databricks:index/catalog:Catalog",
    "databricks:index/schema:Schema",
    "databricks:index/sqlTable:SqlTable",
)


def _check(stack: Stack) -> Iterator[StackFinding]:
    for resource in stack.of(*_STATEFUL):
        view = stack.text(resource, "tableType").upper() == "VIEW"
        if not resource.protect and not view:
            yield StackFinding("it is not protected: one pull request could replace it", resource.urn)
    for resource in stack.of("azure-native:machinelearningservices:Compute"):
        personal = stack.text(resource, "properties.computeType") == "ComputeInstance"
        if personal and not resource.protect:
            yield StackFinding(
                "a person's instance is not protected: its disk holds unsaved work", resource.urn
            )


RULE = StackRule(
    id="AMLP-RC-001",
    title="What holds data is protected from deletion",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "A changed name or an immutable property deletes the resource first and makes it anew: the "
        "data is gone, and the name is blocked."
    ),
    fix="Set protect=True (recovery.protected); to rebuild, raise the generation",
    anchors=Anchors(benchmark=("BR-2",), source="pulumi.com docs/iac/concepts/options/protect"),
    cases=StackCases(
        allowed=(Sample("azure-native:keyvault:Vault", protect=True),),
        denied=(
            Sample(
                "azure-native:machinelearningservices:Compute",
                {"properties": {"computeType": "ComputeInstance"}},
            ),
        ),
        omitted=(Sample("azure-native:keyvault:Vault"),),
        unknown=(
            Sample(
                "azure-native:machinelearningservices:Compute",
                {"properties": {"computeType": UNKNOWN_STRING}},
            ),
        ),
    ),
)
