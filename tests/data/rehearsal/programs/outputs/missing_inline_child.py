"""A subnet that nobody declares is missed all the same."""

from pulumi_azure_native import network, resources

group = resources.ResourceGroup("group", location="westeurope")
net = network.VirtualNetwork(
    "net",
    resource_group_name=group.name,
    address_space={"address_prefixes": ["10.0.0.0/16"]},
    subnets=[network.SubnetArgs(name="apps", address_prefix="10.0.1.0/24")],
)
network.NetworkInterface(  # refused: REF002
    "interface",
    resource_group_name=group.name,
    ip_configurations=[
        {"name": "main", "subnet": {"id": net.id.apply(lambda id_: f"{id_}/subnets/nothing")}}
    ],
)
