# ends: crash StorageAccount.tags of data
"""An item of an output that is nothing is an error at the line that asked for it."""

import pulumi
from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("group", location="westeurope")
account = storage.StorageAccount(
    "data", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}
)
pulumi.export("owner", account.tags["owner"])
