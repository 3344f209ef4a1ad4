"""A diagnostic setting has no retention of its own any more."""

# kind: MON351 a diagnostic setting has no retention of its own

import pulumi
from pulumi_azure_native import monitor, resources, storage

group = resources.ResourceGroup("group", location="westeurope")
account = storage.StorageAccount(
    "data", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}
)
blobs = pulumi.Output.concat(account.id, "/blobServices/default")
logs = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-logs/providers"
    "/Microsoft.OperationalInsights/workspaces/log-all"
)
monitor.DiagnosticSetting(
    "right",
    resource_uri=blobs,
    workspace_id=logs,
    logs=[{"category": "StorageRead", "enabled": True, "retention_policy": {"enabled": False, "days": 0}}],
)
monitor.DiagnosticSetting(  # refused: MON351
    "kept",
    resource_uri=blobs,
    workspace_id=logs,
    logs=[{"category": "StorageRead", "enabled": True, "retention_policy": {"enabled": True, "days": 30}}],
)
