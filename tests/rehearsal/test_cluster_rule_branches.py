"""Rules of AKS that refuse more than one thing: every branch beside the one of the rule's own case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rehearsal.test_rule_branches import found

Project = Callable[..., Path]

START = """
from pulumi_azure_native import containerservice, network, privatedns
GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a/providers"
here = dict(resource_group_name="rg-a", location="westeurope")
def cluster(name, subnet=None, identity=None, access=None, version=None, plan=None, plugin="azure", **profile):
    pool = dict(name="npsystem", mode="System", count=3, vm_size="Standard_D4ds_v5", os_type="Linux",
        type="VirtualMachineScaleSets", vnet_subnet_id=subnet)
    mode = "overlay" if plugin == "azure" else None
    return containerservice.ManagedCluster(name, **here, resource_name_=name, dns_prefix=name,
        identity=identity or {"type": "SystemAssigned"}, kubernetes_version=version, support_plan=plan,
        api_server_access_profile=access, agent_pool_profiles=[pool],
        network_profile=dict(network_plugin=plugin, network_plugin_mode=mode, load_balancer_sku="standard", **profile))
def net(name, space):
    return network.VirtualNetwork(name, **here, virtual_network_name=name, address_space={"address_prefixes": [space]})
def subnet(name, inside, prefix, **more):
    return network.Subnet(name, resource_group_name="rg-a", virtual_network_name=inside.name, subnet_name=name,
        address_prefix=prefix, **more)
def table(name, *routes):
    return network.RouteTable(name, **here, route_table_name=name, routes=[
        dict(name=f"r{index}", address_prefix=prefix, next_hop_type=hop,
            next_hop_ip_address="10.0.0.4" if hop == "VirtualAppliance" else None)
        for index, (prefix, hop) in enumerate(routes)])
apart = dict(service_cidr="10.96.0.0/16", dns_service_ip="10.96.0.10")
"""

RANGES = f"""{START}
cluster("pods", pod_cidr="172.31.64.0/18", **apart)
cluster("wide", pod_cidr="172.16.0.0/12", **apart)
cluster("beside", pod_cidr="172.29.0.0/16", **apart)
reserved = subnet("reserved", net("vnet-reserved", "192.0.2.0/24"), "192.0.2.0/25")
cluster("innet", subnet=reserved.id, **apart)
tens = subnet("tens", net("vnet-tens", "10.0.0.0/16"), "10.0.0.0/24")
cluster("default", subnet=tens.id)
cluster("twelve", service_cidr="10.16.0.0/12", dns_service_ip="10.16.0.10")
cluster("thirteen", service_cidr="10.16.0.0/13", dns_service_ip="10.16.0.10")
"""

EGRESS = f"""{START}
inside = net("vnet", "10.1.0.0/16")
natless = subnet("natless", inside, "10.1.0.0/24")
unrouted = subnet("unrouted", inside, "10.1.1.0/24")
local = subnet("local", inside, "10.1.2.0/24", route_table={{"id": table("rt-local", ("10.2.0.0/16", "VnetLocal")).id}})
split = table("rt-split")
network.Route("out", resource_group_name="rg-a", route_table_name=split.name, route_name="out",
    address_prefix="0.0.0.0/0", next_hop_type="VirtualNetworkGateway")
routed = subnet("routed", inside, "10.1.3.0/24", route_table={{"id": split.id}})
cluster("nat", subnet=natless.id, outbound_type="userAssignedNATGateway", **apart)
for name, place in (("unroutedc", unrouted), ("localc", local), ("routedc", routed)):
    cluster(name, subnet=place.id, outbound_type="userDefinedRouting", **apart)
cluster("kubenet", plugin="kubenet", outbound_type="userDefinedRouting", **apart)
own = cluster("ownpool", subnet=routed.id, outbound_type="userDefinedRouting", **apart)
containerservice.AgentPool("bare", resource_group_name="rg-a", resource_name_=own.name, agent_pool_name="bare",
    mode="User", count=1, vm_size="Standard_D4ds_v5", os_type="Linux", type="VirtualMachineScaleSets")
"""

ACCESS = f"""{START}
def open_to(name, *ranges):
    cluster(name, access={{"authorized_ip_ranges": list(ranges)}})
open_to("private", "93.184.216.34", "192.168.1.0/24")
open_to("many", *(f"93.184.{{byte}}.0/24" for byte in range(201)))
open_to("six", "2001:db8::/32")
open_to("word", "office")
open_to("nobody", "0.0.0.0/32")
zone = f"{{GROUP}}/Microsoft.Network/privateDnsZones"
def hidden(name, zone_name, identity=None):
    access = {{"enable_private_cluster": True, "private_dns_zone": f"{{zone}}/{{zone_name}}"}}
    cluster(name, identity=identity, access=access)
user = f"{{GROUP}}/Microsoft.ManagedIdentity/userAssignedIdentities/id-aks"
assigned = {{"type": "UserAssigned", "user_assigned_identities": [user]}}
hidden("system", "privatelink.westeurope.azmk8s.io")
hidden("elsewhere", "privatelink.northeurope.azmk8s.io", assigned)
hidden("part", "forecast.privatelink.westeurope.azmk8s.io", assigned)
cluster("lts", version="1.33", plan="AKSLongTermSupport")
cluster("ended", version="1.33")
"""


@pytest.mark.parametrize(
    ("program", "rule", "findings"),
    [
        (
            RANGES,
            "AKS200",
            {
                ("pods", "networkProfile.podCidr"),
                ("wide", "networkProfile.podCidr"),
                ("innet", "agentPoolProfiles"),
            },
        ),
        (RANGES, "AKS201", {("twelve", "networkProfile.serviceCidr")}),
        (RANGES, "AKS203", {("default", "networkProfile.serviceCidr")}),
        (EGRESS, "AKS206", {("ownpool", "networkProfile.outboundType")}),
        (
            EGRESS,
            "AKS207",
            {
                ("nat", "networkProfile.outboundType"),
                ("unroutedc", "networkProfile.outboundType"),
                ("localc", "networkProfile.outboundType"),
            },
        ),
        (
            ACCESS,
            "AKS204",
            {
                ("private", "apiServerAccessProfile.authorizedIPRanges[1]"),
                ("many", "apiServerAccessProfile.authorizedIPRanges"),
                ("six", "apiServerAccessProfile.authorizedIPRanges[0]"),
                ("word", "apiServerAccessProfile.authorizedIPRanges[0]"),
            },
        ),
        (
            ACCESS,
            "AKS208",
            {("system", "identity.type"), ("elsewhere", "apiServerAccessProfile.privateDNSZone")},
        ),
        (ACCESS, "AKS210", {("ended", "kubernetesVersion")}),
    ],
)
def test_every_branch_is_refused_and_no_neighbour_of_it(
    project: Project, program: str, rule: str, findings: set[tuple[str, str]]
) -> None:
    assert found(project(program), rule) == findings
