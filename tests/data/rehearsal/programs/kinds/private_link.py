"""One endpoint is for one part of a service, and its zones are those of the part."""

# kind: NET369 zones of a private endpoint are those of its part
# kind: NET368 a private endpoint asks for one part

from pulumi_azure_native import network, privatedns, resources, storage

group = resources.ResourceGroup("group", location="westeurope")
net = network.VirtualNetwork(
    "net",
    resource_group_name=group.name,
    address_space={"address_prefixes": ["10.0.0.0/16"]},
    subnets=[network.SubnetArgs(name="endpoints", address_prefix="10.0.1.0/24")],
)
account = storage.StorageAccount(
    "account", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}
)
network.PrivateEndpoint(  # refused: NET368
    "wrong",
    resource_group_name=group.name,
    subnet={"id": net.subnets[0].id},
    private_link_service_connections=[
        {"name": "both", "private_link_service_id": account.id, "group_ids": ["blob", "file"]}
    ],
)
endpoint = network.PrivateEndpoint(
    "right",
    resource_group_name=group.name,
    subnet={"id": net.subnets[0].id},
    private_link_service_connections=[
        {"name": "blob", "private_link_service_id": account.id, "group_ids": ["blob"]}
    ],
)
blob = privatedns.PrivateZone(
    "blob",
    private_zone_name="privatelink.blob.core.windows.net",
    resource_group_name=group.name,
    location="global",
)
vault = privatedns.PrivateZone(
    "vault",
    private_zone_name="privatelink.vaultcore.azure.net",
    resource_group_name=group.name,
    location="global",
)
network.PrivateDnsZoneGroup(  # warned: NET369
    "elsewhere",
    private_dns_zone_group_name="elsewhere",
    resource_group_name=group.name,
    private_endpoint_name=endpoint.name,
    private_dns_zone_configs=[{"name": "vault", "private_dns_zone_id": vault.id}],
)
network.PrivateDnsZoneGroup(
    "there",
    private_dns_zone_group_name="there",
    resource_group_name=group.name,
    private_endpoint_name=endpoint.name,
    private_dns_zone_configs=[{"name": "blob", "private_dns_zone_id": blob.id}],
)
