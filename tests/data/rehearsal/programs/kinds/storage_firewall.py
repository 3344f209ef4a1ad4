"""A storage firewall takes public addresses, and no tiny ranges."""

# kind: ST374 addresses in the firewall of a storage account

from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("group", location="westeurope")


def account(name: str, text: str) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "kind": "StorageV2",
        "sku": {"name": "Standard_LRS"},
        "network_rule_set": storage.NetworkRuleSetArgs(
            default_action="Deny", ip_rules=[storage.IPRuleArgs(i_p_address_or_range=text)]
        ),
    }


storage.StorageAccount("private", **account("private", "10.1.2.3"))  # refused: ST374
storage.StorageAccount("tiny", **account("tiny", "198.51.100.8/31"))  # refused: ST374
storage.StorageAccount("right", **account("right", "198.51.100.8"))
