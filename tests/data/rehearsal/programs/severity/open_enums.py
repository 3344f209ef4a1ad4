"""An open enum of the SDK is a list of examples: letters of another case, and sizes that came later, say nothing."""

import pulumi
from pulumi_azure_native import compute, network, resources

group = resources.ResourceGroup("group", location="westeurope")
network.PublicIPAddress(
    "address",
    resource_group_name=group.name,
    public_ip_address_version="IPV4",
    public_ip_allocation_method="static",
    sku={"name": "standard"},
)
interface = network.NetworkInterface(
    "interface",
    resource_group_name=group.name,
    ip_configurations=[{"name": "first", "subnet": {"id": pulumi.Config().get("subnet")}}],
)
compute.VirtualMachine(
    "machine",
    resource_group_name=group.name,
    hardware_profile={"vm_size": "Standard_D2s_v5"},
    network_profile={"network_interfaces": [{"id": interface.id}]},
)
compute.VirtualMachine(  # warned: SDK005
    "typo",
    resource_group_name=group.name,
    hardware_profile={"vm_size": "Standart_D2s_v3"},
    network_profile={"network_interfaces": [{"id": interface.id}]},
)
