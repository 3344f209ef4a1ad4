# config: azure-native:location=westeurope
"""The provider's location is that of everything that says none, also of what is looked up."""

import pulumi
from pulumi_azure_native import network, resources

group = resources.ResourceGroup("group")
old = resources.ResourceGroup.get(
    "old", "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/old"
)
address = network.PublicIPAddress(
    "address",
    resource_group_name=group.name,
    sku={"name": "Standard"},
    public_ip_allocation_method="Static",
    dns_settings={"domain_name_label": "contoso"},
)
pulumi.export("location", group.location.apply(lambda text: text.upper()))
pulumi.export("old", old.location.apply(lambda text: text.upper()))
pulumi.export("found", resources.get_resource_group_output(resource_group_name="x").location.apply(str.upper))
pulumi.export("host", address.dns_settings.fqdn)
