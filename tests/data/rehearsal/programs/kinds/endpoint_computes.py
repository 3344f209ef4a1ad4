"""Endpoints are created on computes of type Kubernetes, no longer on those of type AKS."""

# kind: AML355, GEN304 an endpoint's compute is of type Kubernetes

import pulumi
from pulumi_azure_native import machinelearningservices as ml
from pulumi_azure_native import resources

group = resources.ResourceGroup("group", location="westeurope")
providers = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-before/providers"
workspace = ml.Workspace(  # warned: IMM002
    "workspace",
    resource_group_name=group.name,
    kind="Default",
    identity={"type": "SystemAssigned"},
    storage_account=f"{providers}/Microsoft.Storage/storageAccounts/stbefore",
    key_vault=f"{providers}/Microsoft.KeyVault/vaults/kv-before",
    application_insights=f"{providers}/Microsoft.Insights/components/appi-before",
)
cluster = f"{providers}/Microsoft.ContainerService/managedClusters/aks-before"
inside = {"resource_group_name": group.name, "workspace_name": workspace.name}
old = ml.Compute(  # warned: AML034
    "old", compute_name="old", properties=ml.AKSArgs(compute_type="AKS", resource_id=cluster), **inside
)
new = ml.Compute(
    "new",
    compute_name="new",
    properties=ml.KubernetesArgs(
        compute_type="Kubernetes", resource_id=cluster, properties={"namespace": "default"}
    ),
    **inside,
)


def endpoint(compute: pulumi.Input[str]) -> dict[str, object]:
    return {
        "identity": {"type": "SystemAssigned"},
        "properties": ml.OnlineEndpointPropertiesArgs(auth_mode="Key", compute=compute),
        **inside,
    }


ml.OnlineEndpoint("on-aks", **endpoint(old.id))  # refused: AML355
ml.OnlineEndpoint("on-cluster", **endpoint(cluster))  # refused: GEN304
ml.OnlineEndpoint("on-kubernetes", **endpoint(new.id))
