"""Azure compares most enums without regard to case, and azure-native drops a key that it does not know."""

from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("group", location="westeurope")
storage.StorageAccount(  # warned: SDK005
    "first", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}, access_tier="hot"
)
storage.StorageAccount(  # warned: SDK002
    "second",
    resource_group_name=group.name,
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    network_rule_set={"default_action": "Deny", "bypasses": "None"},
)
storage.StorageAccount(  # refused: SDK005
    "third", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}, access_tier="Icy"
)
