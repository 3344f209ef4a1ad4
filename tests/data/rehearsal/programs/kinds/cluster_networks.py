"""A cluster holds its role on its own DNS zone before it is made, and its nodes have the way out that it states."""

# kind: AKS208 a cluster's own DNS zone, with the identity's role first
# kind: AKS207 routes of one's own lead out

import pulumi
from pulumi_azure_native import (
    authorization,
    containerservice,
    managedidentity,
    network,
    privatedns,
    resources,
)

group = resources.ResourceGroup("group", location="westeurope")
identity = managedidentity.UserAssignedIdentity("cluster", resource_group_name=group.name)
zone = privatedns.PrivateZone(
    "names",
    private_zone_name="privatelink.westeurope.azmk8s.io",
    resource_group_name=group.name,
    location="global",
)
roles = (
    "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions"
)
zone_role, network_role = (
    authorization.RoleAssignment(
        name,
        scope=scope,
        principal_id=identity.principal_id,
        principal_type="ServicePrincipal",
        role_definition_id=f"{roles}/{role}",
    )
    for name, scope, role in (
        ("zone", zone.id, "b12aa53e-6015-4669-85d0-8515ebb3ae7f"),
        ("network", group.id, "4d97b98b-1d4f-4787-a291-c67834d212e7"),
    )
)
out = network.RouteTable(
    "out",
    resource_group_name=group.name,
    routes=[
        network.RouteArgs(
            name="out",
            address_prefix="0.0.0.0/0",
            next_hop_type="VirtualAppliance",
            next_hop_ip_address="10.9.0.4",
        )
    ],
)
net = network.VirtualNetwork(
    "net",
    resource_group_name=group.name,
    address_space={"address_prefixes": ["10.0.0.0/16"]},
)
inside = {"resource_group_name": group.name, "virtual_network_name": net.name}
shut = network.Subnet("closed", address_prefix="10.0.1.0/24", **inside)
free = network.Subnet(
    "open",
    address_prefix="10.0.2.0/24",
    route_table={"id": out.id},
    **inside,
    opts=pulumi.ResourceOptions(depends_on=[shut]),
)
closed, opened = shut.id, free.id


def cluster(subnet: pulumi.Input[str], outbound: str, *grants: pulumi.Resource) -> dict[str, object]:
    return {
        "resource_group_name": group.name,
        "dns_prefix": "cluster",
        "identity": containerservice.ManagedClusterIdentityArgs(
            type="UserAssigned", user_assigned_identities=[identity.id]
        ),
        "api_server_access_profile": {"enable_private_cluster": True, "private_dns_zone": zone.id},
        "network_profile": {
            "network_plugin": "azure",
            "network_plugin_mode": "overlay",
            "outbound_type": outbound,
            "service_cidr": "10.96.0.0/16",
            "dns_service_ip": "10.96.0.10",
        },
        "agent_pool_profiles": [
            containerservice.ManagedClusterAgentPoolProfileArgs(
                name="system",
                mode="System",
                count=3,
                vm_size="Standard_D4s_v5",
                os_type="Linux",
                vnet_subnet_id=subnet,
            )
        ],
        "opts": pulumi.ResourceOptions(depends_on=list(grants)),
    }


balanced, routed = "loadBalancer", "userDefinedRouting"
both = (zone_role, network_role)
containerservice.ManagedCluster("early", **cluster(closed, balanced, network_role))  # refused: AKS208
containerservice.ManagedCluster("shut", **cluster(closed, routed, *both))  # refused: AKS207
containerservice.ManagedCluster("balanced", **cluster(closed, balanced, *both))
containerservice.ManagedCluster("routed", **cluster(opened, routed, *both))
