"""The id of a vault stands where that of an account belongs."""

# kind: GEN304 an id is of the type that the property means

from pulumi_azure_native import monitor, operationalinsights, resources, storage

group = resources.ResourceGroup("group", location="westeurope")
account = storage.StorageAccount(
    "account", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}
)
logs = operationalinsights.Workspace("logs", resource_group_name=group.name)
monitor.DiagnosticSetting(  # refused: GEN304
    "wrong",
    resource_uri=logs.id,
    storage_account_id=logs.id,
    metrics=[{"category": "AllMetrics", "enabled": True}],
)
monitor.DiagnosticSetting(
    "right",
    name="other",
    resource_uri=logs.id,
    storage_account_id=account.id,
    metrics=[{"category": "AllMetrics", "enabled": True}],
)
