"""Subnets, pools and rules that are declared inside their parent are there, by output and by id."""

from pulumi_azure_native import network, resources

group = resources.ResourceGroup("group", location="westeurope")
net = network.VirtualNetwork(
    "net",
    resource_group_name=group.name,
    address_space={"address_prefixes": ["10.0.0.0/16"]},
    subnets=[network.SubnetArgs(name="apps", address_prefix="10.0.1.0/24")],
)
address = network.PublicIPAddress(
    "address", resource_group_name=group.name, sku={"name": "Standard"}, public_ip_allocation_method="Static"
)
balancer = network.LoadBalancer(
    "balancer",
    resource_group_name=group.name,
    sku={"name": "Standard"},
    frontend_ip_configurations=[{"name": "front", "public_ip_address": {"id": address.id}}],
    backend_address_pools=[{"name": "pool"}],
)
network.NetworkInterface(
    "first",
    resource_group_name=group.name,
    ip_configurations=[
        {
            "name": "main",
            "subnet": {"id": net.subnets[0].id},
            "load_balancer_backend_address_pools": [{"id": balancer.backend_address_pools[0].id}],
        }
    ],
)
network.NetworkInterface(
    "second",
    resource_group_name=group.name,
    ip_configurations=[
        {
            "name": "main",
            "subnet": {"id": net.id.apply(lambda id_: f"{id_}/subnets/apps")},
            "load_balancer_backend_address_pools": [
                {"id": balancer.id.apply(lambda id_: f"{id_}/backendAddressPools/pool")}
            ],
        }
    ],
)
