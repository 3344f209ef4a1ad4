# ends: crash azure-native:storage:StorageAccount.tags of data
"""An error in an apply names the output that was nothing."""

import pulumi
from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("group", location="westeurope")
account = storage.StorageAccount(
    "data", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}
)
pulumi.export("owner", account.tags.apply(lambda tags: tags["owner"]))
