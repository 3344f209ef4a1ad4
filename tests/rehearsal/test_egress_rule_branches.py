"""Rules of firewalls and routes that refuse more than one thing: every branch beside the one of the rule's own case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rehearsal.test_rule_branches import found

Project = Callable[..., Path]

START = """
from pulumi_azure_native import containerservice, databricks, machinelearningservices, network
GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a/providers"
here = dict(resource_group_name="rg-a", location="westeurope")
net = network.VirtualNetwork("net", **here, virtual_network_name="net",
    address_space={"address_prefixes": ["10.1.0.0/16"]})
def subnet(name, prefix, **more):
    return network.Subnet(name, resource_group_name="rg-a", virtual_network_name=net.name, subnet_name=name,
        address_prefix=prefix, **more)
# Inside a list of several kinds the SDK translates no names.
def policy(name, *rules, proxy=True):
    made = network.FirewallPolicy(name, **here, firewall_policy_name=name, dns_settings={"enable_proxy": proxy})
    return made, network.FirewallPolicyRuleCollectionGroup(f"{name}-rules", resource_group_name="rg-a",
        firewall_policy_name=made.name, rule_collection_group_name="egress", priority=200, rule_collections=[dict(
            name="c", priority=200, ruleCollectionType="FirewallPolicyFilterRuleCollection",
            action={"type": "Allow"}, rules=list(rules))])
def hosts(*names, speaks="Https", **more):
    return dict(name="h", ruleType="ApplicationRule", sourceAddresses=["10.1.0.0/16"],
        protocols=[{"protocolType": speaks, "port": 443}], targetFqdns=list(names), **more)
def addresses(**more):
    return dict(name="a", ruleType="NetworkRule", ipProtocols=["TCP"], sourceAddresses=["10.1.0.0/16"],
        destinationPorts=["443"], **more)
def firewall(name, place, made):
    address = network.PublicIPAddress(f"{name}-address", **here, public_ip_address_name=f"{name}-address",
        sku={"name": "Standard"}, public_ip_allocation_method="Static")
    return network.AzureFirewall(name, **here, azure_firewall_name=name, firewall_policy={"id": made[0].id},
        sku={"name": "AZFW_VNet", "tier": "Standard"}, ip_configurations=[dict(name="c", subnet={"id": place.id},
            public_ip_address={"id": address.id})])
def table(name, *routes):
    return network.RouteTable(name, **here, route_table_name=name, routes=list(routes))
def route(name, prefix="0.0.0.0/0", hop="VirtualAppliance", address=None):
    return dict(name=name, address_prefix=prefix, next_hop_type=hop, next_hop_ip_address=address)
"""

NAMES = f"""{START}
firewall("elsewhere", subnet("firewalls", "10.1.0.0/26"), policy("p1", addresses(destinationAddresses=["Storage"])))
policy("p2", addresses(destinationFqdns=["*.example.com"]))
policy("p3", hosts("packages.*.com"))
policy("p4", dict(hosts(speaks="Http"), fqdnTags=["AzureKubernetesService"]))
policy("p5", hosts("*.example.com", "packages.example.com"), addresses(destinationFqdns=["git.example.com"]))
policy("p6", hosts("packages.example.com"), proxy=False)
"""

ROUTES = f"""{START}
table("bare", route("out"))
table("fine", route("out", address="10.1.0.4"), route("near", "10.0.0.0/8", "VnetLocal"))
split = table("split", route("out", address="10.1.0.4"))
network.Route("again", resource_group_name="rg-a", route_table_name=split.name, route_name="again",
    address_prefix="0.0.0.0/0", next_hop_type="VirtualAppliance", next_hop_ip_address="10.1.0.5")
network.Route("straight", resource_group_name="rg-a", route_table_name=split.name, route_name="straight",
    address_prefix="10.9.0.0/16", next_hop_type="Internet", next_hop_ip_address="10.1.0.5")
"""

COMPUTE = f"""{START}
def compute(name, prefix, public=False, **more):
    into = subnet(name, prefix, **more)
    machinelearningservices.Compute(name, resource_group_name="rg-a", workspace_name="mlw", compute_name=name,
        location="westeurope", properties=dict(computeType="AmlCompute", properties=dict(vmSize="Standard_D4ds_v5",
            vmPriority="Dedicated", enableNodePublicIp=public, subnet=dict(id=into.id),
            scaleSettings=dict(minNodeCount=0, maxNodeCount=2))))
nearby = table("nearby", route("near", "10.0.0.0/8", "VnetLocal"))
nat = f"{{GROUP}}/Microsoft.Network/natGateways/ng"
compute("stranded", "10.1.1.0/24", default_outbound_access=False)
compute("lost", "10.1.2.0/24", default_outbound_access=False, route_table={{"id": nearby.id}})
compute("natted", "10.1.3.0/24", default_outbound_access=False, nat_gateway={{"id": nat}})
compute("older", "10.1.4.0/24")
compute("public", "10.1.5.0/24", public=True, default_outbound_access=False)
"""

NODES = f"""{START}
place = subnet("AzureFirewallSubnet", "10.1.0.0/26")
made = policy("p", hosts("packages.example.com", "example.blob.core.windows.net"))
wall = firewall("wall", place, made)
ours = table("ours", route("out", address=wall.ip_configurations.apply(lambda all: all[0].private_ip_address)))
hubs = table("hubs", route("out", address="10.200.0.4"))
nowhere = table("nowhere", route("near", "10.0.0.0/8", "VnetLocal"))
def cluster(name, prefix, routes):
    into = subnet(name, prefix, route_table={{"id": routes.id}})
    containerservice.ManagedCluster(f"{{name}}-cluster", **here, resource_name_=name, dns_prefix=name,
        identity={{"type": "SystemAssigned"}}, agent_pool_profiles=[dict(name="npsystem", mode="System", count=3,
            vm_size="Standard_D4ds_v5", os_type="Linux", type="VirtualMachineScaleSets", vnet_subnet_id=into.id)],
        network_profile=dict(network_plugin="azure", network_plugin_mode="overlay", load_balancer_sku="standard",
            outbound_type="userDefinedRouting", service_cidr="10.96.0.0/16", dns_service_ip="10.96.0.10"))
cluster("held", "10.1.1.0/24", ours)
cluster("hub", "10.1.2.0/24", hubs)
def workspace(name, prefix, routes):
    subnet(f"{{name}}-public", prefix, route_table={{"id": routes.id}}, default_outbound_access=False,
        delegations=[{{"name": "d", "service_name": "Microsoft.Databricks/workspaces"}}],
        network_security_group={{"id": f"{{GROUP}}/Microsoft.Network/networkSecurityGroups/nsg"}})
    parameters = dict(custom_virtual_network_id={{"value": net.id}},
        custom_public_subnet_name={{"value": f"{{name}}-public"}},
        custom_private_subnet_name={{"value": f"{{name}}-private"}}, enable_no_public_ip={{"value": True}})
    databricks.Workspace(name, **here, workspace_name=name, sku={{"name": "premium"}}, parameters=parameters,
        compute_mode="Hybrid", managed_resource_group_id=f"{{GROUP}}-{{name}}".replace("/providers", ""))
workspace("blocked", "10.1.3.0/25", ours)
workspace("throughhub", "10.1.4.0/25", hubs)
workspace("stranded", "10.1.5.0/25", nowhere)
"""


@pytest.mark.parametrize(
    ("program", "rule", "findings"),
    [
        (NAMES, "NET310", {("elsewhere", "ipConfigurations[0].subnet")}),
        (
            NAMES,
            "NET314",
            {(f"p{number}-rules", "ruleCollections") for number in (2, 3, 4)},
        ),
        (ROUTES, "NET312", {("bare", "routes[0].nextHopIpAddress"), ("straight", "nextHopIpAddress")}),
        (ROUTES, "NET313", {("split", "routes")}),
        (
            COMPUTE,
            "NET317",
            {("stranded", "properties.properties.subnet"), ("lost", "properties.properties.subnet")},
        ),
        (NODES, "NET315", {("held-cluster", "networkProfile.outboundType")}),
        (
            NODES,
            "NET316",
            {
                ("blocked", "parameters.customPublicSubnetName.value"),
                ("stranded", "parameters.customPublicSubnetName.value"),
            },
        ),
    ],
)
def test_every_branch_is_told_and_no_neighbour_of_it(
    project: Project, program: str, rule: str, findings: set[tuple[str, str]]
) -> None:
    assert found(project(program), rule) == findings
