"""The subnet of a cluster has the way out that the cluster counts on."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.azure_firewall import DEFAULT_ROUTE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import PROFILE, subnets
from rehearsal.rules.network.routes import default_routes
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_EVERYWHERE = DEFAULT_ROUTE
_NEXT_HOPS = ("VirtualAppliance", "VirtualNetworkGateway")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only of subnets and tables of this stack. An association made in another way shows in neither."""
    outbound = resource.text(f"{PROFILE}.outboundType")
    for subnet in subnets(resource, world):
        if outbound == "userAssignedNATGateway" and not subnet.value("natGateway"):
            if not subnet.is_unknown("natGateway"):
                yield Violation(
                    f"{PROFILE}.outboundType", f"{subnet.urn} has no NAT gateway; set its natGateway first"
                )
        elif outbound == "userDefinedRouting" and resource.text(f"{PROFILE}.networkPlugin") != "kubenet":
            yield from _routes(subnet, world)


def _routes(subnet: Resource, world: World) -> Iterator[Violation]:
    path = f"{PROFILE}.outboundType"
    if subnet.is_unknown("routeTable"):
        return
    table_id = subnet.text("routeTable.id")
    if not table_id:
        yield Violation(
            path, f"{subnet.urn} has no route table; set its routeTable, with a route for {_EVERYWHERE}"
        )
        return
    table = world.find(table_id)
    if table is None or table.external:
        return
    default = default_routes(table, world)
    if not default:
        yield Violation(
            path, f"{table.urn} has no route for {_EVERYWHERE}; add one to {' or '.join(_NEXT_HOPS)}"
        )
    for route in default:
        if route.get("nextHopType") not in (*_NEXT_HOPS, None):
            yield Violation(
                path,
                f"{table.urn} sends {_EVERYWHERE} to {route.get('nextHopType')}; use {' or '.join(_NEXT_HOPS)}",
            )


def _case(next_hop: str) -> Case:
    route = {"name": "out", "addressPrefix": _EVERYWHERE, "nextHopType": next_hop}
    if next_hop == "VirtualAppliance":
        route["nextHopIpAddress"] = "10.0.0.4"
    table = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "routeTableName": "rt-aks",
        "routes": [route],
    }
    cluster = {
        "agentPoolProfiles[0].vnetSubnetID": Ref("subnet"),
        f"{PROFILE}.outboundType": "userDefinedRouting",
        f"{PROFILE}.serviceCidr": "10.96.0.0/16",
        f"{PROFILE}.dnsServiceIP": "10.96.0.10",
    }
    return Case(
        (
            Declared(tokens.ROUTE_TABLE, table, "table"),
            declare(tokens.VIRTUAL_NETWORK, name="network"),
            declare(
                tokens.SUBNET, {"routeTable": {"id": Ref("table")}}, name="subnet", depends_on=("network",)
            ),
            declare(tokens.AKS, cluster, depends_on=("subnet",)),
        )
    )


RULE = Rule(
    id="AKS207",
    service="AKS",
    title="the subnet has the NAT gateway or the default route that the cluster counts on",
    applies_to=(tokens.AKS,),
    status=400,
    code="RouteTableInvalidNextHop",
    source="learn.microsoft.com azure/aks/egress-outboundtype and azure/aks/egress-udr; terraform-provider-azurerm "
    "issue 8609 (next hop), Azure/AKS issue 1842 (validated at creation)",
    check=_check,
    trips=_case("Internet"),
    passes=_case("VirtualAppliance"),
)
