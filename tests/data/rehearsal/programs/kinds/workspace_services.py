"""A workspace builds images beside a closed registry, and needs no outbound rule to its own services."""

# kind: AML352 a workspace beside a closed registry names the compute that builds images
# kind: AML353 no outbound rule to the workspace's own services
# config: sample:group=rg-before

from pulumi_azure_native import containerregistry, resources
from pulumi_azure_native import machinelearningservices as ml

group = resources.ResourceGroup("group", location="westeurope")
providers = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-before/providers"
registry = containerregistry.Registry(
    "images",
    resource_group_name=group.name,
    sku={"name": "Premium"},
    public_network_access="Disabled",
)


def workspace(name: str) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "kind": "Default",
        "identity": {"type": "SystemAssigned"},
        "storage_account": f"{providers}/Microsoft.Storage/storageAccounts/stbefore{name}",
        "key_vault": f"{providers}/Microsoft.KeyVault/vaults/kv-before-{name}",
        "application_insights": f"{providers}/Microsoft.Insights/components/appi-before-{name}",
    }


ml.Workspace("lost", container_registry=registry.id, **workspace("lost"))  # warned: AML352
ml.Workspace(  # warned: IMM002
    "builds", container_registry=registry.id, image_build_compute="cpu-builds", **workspace("builds")
)
closed = ml.Workspace(
    "closed", managed_network={"isolation_mode": "AllowOnlyApprovedOutbound"}, **workspace("closed")
)


def rule(account: str, part: str) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "workspace_name": closed.name,
        "properties": {
            "type": "PrivateEndpoint",
            "category": "UserDefined",
            "destination": {
                "service_resource_id": f"{providers}/Microsoft.Storage/storageAccounts/{account}",
                "subresource_target": part,
                "spark_enabled": False,
            },
        },
    }


ml.ManagedNetworkSettingsRule("own", rule_name="own", **rule("stbeforeclosed", "blob"))  # warned: AML353
ml.ManagedNetworkSettingsRule("lake", rule_name="lake", **rule("stlake", "dfs"))
