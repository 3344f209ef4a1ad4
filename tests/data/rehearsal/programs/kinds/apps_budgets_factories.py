"""Secrets of apps, contacts of budgets, and networks of factories."""

# kind: APP360 a secret of an app has a value, or a vault's secret and an identity
# kind: BUD340 a budget's contacts are action groups and role names
# kind: ADF320, ADF321 a factory's managed network is made first
# config: sample:group=rg-before

import pulumi
from pulumi_azure_native import app, consumption, datafactory, resources

group = resources.ResourceGroup("group", location="westeurope")
providers = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-before/providers"


def interface(**secret: str) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "managed_environment_id": f"{providers}/Microsoft.App/managedEnvironments/cae-before",
        "identity": {"type": "SystemAssigned"},
        "configuration": app.ConfigurationArgs(secrets=[app.SecretArgs(name="token", **secret)]),
        "template": {"containers": [{"name": "ui", "image": "mcr.microsoft.com/k8se/quickstart:latest"}]},
    }


token = "https://kv-before.vault.azure.net/secrets/token"
app.ContainerApp("nobody", **interface(key_vault_url=token))  # refused: APP360
app.ContainerApp("itself", **interface(key_vault_url=token, identity="system"))


def month(contact: str) -> dict[str, object]:
    return {
        "scope": group.id,
        "amount": 500,
        "category": "Cost",
        "time_grain": "Monthly",
        "time_period": {"start_date": "2099-01-01T00:00:00Z"},
        "notifications": {
            "most": consumption.NotificationArgs(
                enabled=True,
                operator="GreaterThan",
                threshold=80,
                contact_emails=["owner@example.com"],
                contact_groups=[contact],
            )
        },
    }


alerts = f"{providers}/Microsoft.Insights/actionGroups/ag-owners"
consumption.Budget("by-name", budget_name="by-name", **month("ag-owners"))  # refused: BUD340
consumption.Budget("by-id", budget_name="by-id", **month(alerts))

factory = datafactory.Factory("factory", resource_group_name=group.name, identity={"type": "SystemAssigned"})
inside = {"resource_group_name": group.name, "factory_name": factory.name}
managed = resources.Deployment(
    "network",
    resource_group_name=group.name,
    properties=resources.DeploymentPropertiesArgs(
        mode="Incremental",
        template={
            "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0",
            "resources": [
                {
                    "type": "Microsoft.DataFactory/factories/managedVirtualNetworks",
                    "apiVersion": "2018-06-01",
                    "name": factory.name.apply(lambda name: f"{name}/default"),
                    "properties": {},
                }
            ],
        },
    ),
)


def endpoint(name: str) -> dict[str, object]:
    return {
        "managed_virtual_network_name": "default",
        "managed_private_endpoint_name": name,
        "properties": datafactory.ManagedPrivateEndpointArgs(
            private_link_resource_id=f"{providers}/Microsoft.Storage/storageAccounts/stlake", group_id="dfs"
        ),
        **inside,
    }


def runtime() -> dict[str, object]:
    network = datafactory.ManagedVirtualNetworkReferenceArgs(
        type="ManagedVirtualNetworkReference", reference_name="default"
    )
    return {
        "properties": datafactory.ManagedIntegrationRuntimeArgs(
            type="Managed", managed_virtual_network=network
        ),
        **inside,
    }


after = pulumi.ResourceOptions(depends_on=[managed])
datafactory.ManagedPrivateEndpoint("early", **endpoint("early"))  # refused: ADF320
datafactory.ManagedPrivateEndpoint("late", **endpoint("late"), opts=after)
datafactory.IntegrationRuntime("public", integration_runtime_name="public", **runtime())  # warned: ADF321
datafactory.IntegrationRuntime("private", integration_runtime_name="private", **runtime(), opts=after)
