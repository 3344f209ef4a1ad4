"""A name is wanted, and an id is given."""

# kind: GEN303 a name is wanted, and an id is given

from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("group", location="westeurope")
storage.StorageAccount(  # refused: GEN303
    "wrong",
    resource_group_name=group.id,
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    location="westeurope",
)
account = storage.StorageAccount(
    "right", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}
)
storage.BlobContainer("lost", resource_group_name=group.name, account_name=account.id)  # refused: GEN303
storage.BlobContainer("found", resource_group_name=group.name, account_name=account.name)
