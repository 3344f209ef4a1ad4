"""Names are legal and show workload and environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import check_name
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_NAMED: Mapping[str, tuple[str, ResourceKind]] = {
    "azure-native:resources:ResourceGroup": ("resourceGroupName", ResourceKind.RESOURCE_GROUP),
    "azure-native:storage:StorageAccount": ("accountName", ResourceKind.STORAGE_ACCOUNT),
    "azure-native:keyvault:Vault": ("vaultName", ResourceKind.KEY_VAULT),
    "azure-native:containerregistry:Registry": ("registryName", ResourceKind.CONTAINER_REGISTRY),
    "azure-native:machinelearningservices:Workspace": ("workspaceName", ResourceKind.ML_WORKSPACE),
    "azure-native:machinelearningservices:OnlineEndpoint": ("endpointName", ResourceKind.ML_ONLINE_ENDPOINT),
    "azure-native:databricks:Workspace": ("workspaceName", ResourceKind.DATABRICKS_WORKSPACE),
    "azure-native:containerservice:ManagedCluster": ("resourceName", ResourceKind.AKS_CLUSTER),
    "azure-native:operationalinsights:Workspace": ("workspaceName", ResourceKind.LOG_ANALYTICS),
    "azure-native:applicationinsights:Component": ("resourceName", ResourceKind.APPLICATION_INSIGHTS),
    "azure-native:managedidentity:UserAssignedIdentity": (
        "resourceName",
        ResourceKind.USER_ASSIGNED_IDENTITY,
    ),
    "azure-native:network:VirtualNetwork": ("virtualNetworkName", ResourceKind.VIRTUAL_NETWORK),
    "azure-native:network:NetworkSecurityGroup": (
        "networkSecurityGroupName",
        ResourceKind.NETWORK_SECURITY_GROUP,
    ),
    "azure-native:network:PrivateEndpoint": ("privateEndpointName", ResourceKind.PRIVATE_ENDPOINT),
    "azure-native:datafactory:Factory": ("factoryName", ResourceKind.DATA_FACTORY),
    "azure-native:synapse:Workspace": ("workspaceName", ResourceKind.SYNAPSE_WORKSPACE),
}


def _check(judged: Judged) -> Iterator[str]:
    name_input, kind = _NAMED[judged.type]
    name = judged.text(name_input)
    if not name:
        yield f"{name_input} is not set: Pulumi would add random characters"
        return
    problem = check_name(kind, name)
    if problem:
        yield f"{name_input}: {problem}"
    for word in (judged.about.tags.get("workload", ""), judged.about.stack):
        if word not in name:
            yield f"{name_input} is '{name}': it must show '{word}'"


RULE = Rule(
    id="AMLP-TG-004",
    title="Names are legal and show workload and environment",
    severity=Severity.MEDIUM,
    types=tuple(_NAMED),
    check=_check,
    why="A name is all that a mail, an alert or a bill shows.",
    fix="Use context.naming.name(kind, part)",
    anchors=Anchors(
        benchmark=("AM-2",),
        psrule=("Azure.Group.Naming", "Azure.Storage.Naming", "Azure.ACR.Naming", "Azure.AKS.Naming"),
        checkov=("CKV_AZURE_43",),
    ),
    cases=Cases(
        allowed=({"location": "westeurope", "resourceGroupName": "rg-forecast-prod-weu"},),
        denied=(
            {"location": "westeurope", "resourceGroupName": "rg-forecast-dev-weu"},
            {"location": "westeurope", "resourceGroupName": "my group!"},
        ),
        omitted={"location": "westeurope"},
        unknown={"location": "westeurope", "resourceGroupName": UNKNOWN_STRING},
    ),
)
