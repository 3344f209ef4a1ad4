"""A group in which the program looks something up exists."""

from pulumi_azure_native import network, storage

net = network.get_virtual_network_output(resource_group_name="rg-network", virtual_network_name="vnet-hub")
storage.StorageAccount(
    "account",
    resource_group_name="rg-network",
    location=net.location,
    kind="StorageV2",
    sku={"name": "Standard_LRS"},
    network_rule_set={
        "default_action": "Deny",
        "virtual_network_rules": [{"virtual_network_resource_id": net.subnets[0].id}],
    },
)
