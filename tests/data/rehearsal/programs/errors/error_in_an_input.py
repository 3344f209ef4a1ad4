# ends: crash while the SDK sent 'resource_group_name'
"""An error in a value that a resource is given names the property, and shows the program's lines only."""

from pulumi_azure_native import resources, storage


async def short(name: str) -> str:
    raise ValueError(f"{name} is too long")


group = resources.ResourceGroup("group", location="westeurope")
storage.StorageAccount(
    "data", resource_group_name=group.name.apply(short), kind="StorageV2", sku={"name": "Standard_LRS"}
)
