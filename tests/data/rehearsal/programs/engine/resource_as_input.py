"""A resource may be passed as a value: to a component, and to another resource, which gets its id."""

import pulumi
from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("group", location="westeurope")


class Part(pulumi.ComponentResource):
    def __init__(self, name: str, place: resources.ResourceGroup) -> None:
        super().__init__("sample:index:Part", name, {"place": place})
        self.register_outputs({"place": place})


Part("part", group)
storage.StorageAccount(
    "data",
    resource_group_name=group.name,
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    tags={"place": group},
)
