"""Networks that are unusual and valid: a road that exists is never called closed, and one that does not still is."""

from __future__ import annotations

import pytest

from rehearsal.model.resource import Resource
from rehearsal.reachability.model import Door, Place, PlaceKind, Road, Verdict
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from tests.rehearsal.reachability.estates import (
    BLOBS,
    HUB_NETWORK,
    NETWORKS,
    NOTHING,
    VNET,
    Given,
    account,
    declare,
    firewalled,
    from_nodes,
    guarded,
    in_subnet,
    link,
    network,
    peering,
    private_account,
    record,
    road,
    security_group,
    security_rule,
    subnet,
    zone,
)

NODES = f"{NETWORKS}/virtualNetworks/vnet/subnets/nodes"
GATEWAY: Given = {"natGateway": {"id": f"{NETWORKS}/natGateways/nat"}}
STORAGE: Given = {"serviceEndpoints": [{"service": "Microsoft.Storage"}]}
OTHER = network("other", {"addressSpace": {"addressPrefixes": ["10.2.0.0/16"]}})
HUB = network("hub", {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}})
CORP = zone("corp.example.com")


LETS_NODES_IN = firewalled(virtualNetworkRules=[{"virtualNetworkResourceId": NODES}])
PUBLIC = account(given={"publicNetworkAccess": "Enabled", "networkRuleSet": {"defaultAction": "Allow"}})


def table(*routes: tuple[str, str]) -> Resource:
    """A route table: prefixes, and the type of the hop that each leads to."""
    stated = [
        {
            "name": f"route-{index}",
            "addressPrefix": prefix,
            "nextHopType": hop,
            "nextHopIpAddress": "10.0.0.4",
        }
        for index, (prefix, hop) in enumerate(routes)
    ]
    return declare(tokens.ROUTE_TABLE, f"{NETWORKS}/routeTables/routes", {"routes": stated})


def routed(given: Resource) -> Given:
    """A subnet's property that gives it a route table."""
    return {"routeTable": {"id": given.id}}


# Out of a subnet


def test_a_service_endpoint_needs_no_way_out() -> None:
    assert from_nodes(LETS_NODES_IN, STORAGE).verdict is Verdict.OPEN
    drops = table(("0.0.0.0/0", "None"))
    assert from_nodes(LETS_NODES_IN, {**STORAGE, **routed(drops)}, drops).verdict is Verdict.OPEN


def test_a_service_endpoint_is_of_one_service() -> None:
    vaults = {"serviceEndpoints": [{"service": "Microsoft.KeyVault"}]}
    assert from_nodes(LETS_NODES_IN, {**vaults, **GATEWAY}).verdict is Verdict.CLOSED


def test_a_server_lets_in_a_subnet_by_a_rule_for_it() -> None:
    server = declare(
        "azure-native:sql:Server", f"{GROUP}/providers/Microsoft.Sql/servers/sql", {"serverName": "sql"}
    )
    rule = declare(
        "azure-native:sql:VirtualNetworkRule",
        f"{server.id}/virtualNetworkRules/nodes",
        {"serverName": "sql", "virtualNetworkSubnetId": NODES},
    )
    door = Door(server.id, "sqlServer", port=1433)
    served = subnet(given={"serviceEndpoints": [{"service": "Microsoft.Sql"}]})
    assert road(in_subnet(), door, VNET, served, server, rule).verdict is Verdict.OPEN
    assert road(in_subnet(), door, VNET, served, server).verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("prefix", "verdict"),
    [
        ("Storage", Verdict.OPEN),
        ("Storage.WestEurope", Verdict.UNKNOWN),
        ("AzureCloud", Verdict.UNKNOWN),
        ("20.0.0.0/8", Verdict.UNKNOWN),
        ("AzureMonitor", Verdict.CLOSED),
        ("10.0.0.0/8", Verdict.CLOSED),
    ],
)
def test_a_route_for_a_service_goes_before_the_default_route(prefix: str, verdict: Verdict) -> None:
    routes = table(("0.0.0.0/0", "None"), (prefix, "Internet"))
    assert from_nodes(PUBLIC, {**GATEWAY, **routed(routes)}, routes).verdict is verdict


def test_two_halves_are_a_default_route_too() -> None:
    halves = table(("0.0.0.0/1", "VirtualAppliance"), ("128.0.0.0/1", "VirtualAppliance"))
    assert from_nodes(PUBLIC, routed(halves), halves).verdict is Verdict.UNKNOWN


def test_the_tag_of_the_virtual_network_may_hold_a_default_route() -> None:
    group = security_group(
        "nsg",
        security_rule("Outbound", "Allow", 100, destinationAddressPrefix="VirtualNetwork"),
        security_rule("Outbound", "Deny", 200, destinationAddressPrefix="Internet"),
    )
    tunnel = table(("0.0.0.0/0", "VirtualNetworkGateway"))
    assert from_nodes(PUBLIC, {**guarded(group), **routed(tunnel)}, group, tunnel).verdict is Verdict.UNKNOWN
    assert from_nodes(PUBLIC, {**guarded(group), **GATEWAY}, group).verdict is Verdict.CLOSED


# Between networks


def two_networks(*more: Resource, given: Given = NOTHING) -> Road:
    """From a network that resolves the private account's name to that account."""
    resolved = link(zone(), OTHER.id)
    asking = subnet(range_="10.2.0.0/24", of="other", given=given)
    return road(in_subnet(of="other"), BLOBS, *private_account(), OTHER, asking, resolved, *more)


def spokes() -> tuple[Resource, ...]:
    """Both networks peer with the hub, and it with them."""
    pairs = ((VNET.id, HUB.id), (HUB.id, VNET.id), (OTHER.id, HUB.id), (HUB.id, OTHER.id))
    return (HUB, *(peering(of, to, name=f"to-{to.rpartition('/')[2]}") for of, to in pairs))


@pytest.mark.parametrize(
    ("prefix", "hop", "verdict"),
    [
        ("0.0.0.0/0", "VirtualAppliance", Verdict.UNKNOWN),
        ("10.0.0.0/8", "VirtualAppliance", Verdict.UNKNOWN),
        ("10.1.0.0/16", "VirtualNetworkGateway", Verdict.UNKNOWN),
        ("10.9.0.0/16", "VirtualAppliance", Verdict.CLOSED),
        ("0.0.0.0/0", "Internet", Verdict.CLOSED),
    ],
)
def test_a_hub_may_forward_between_its_spokes(prefix: str, hop: str, verdict: Verdict) -> None:
    routes = table((prefix, hop))
    assert two_networks(*spokes(), routes, given=routed(routes)).verdict is verdict


def test_a_hub_forwards_nothing_that_no_route_sends_there() -> None:
    assert two_networks(*spokes()).verdict is Verdict.CLOSED


def test_a_virtual_hub_joins_what_is_connected_with_it() -> None:
    connections = [
        declare(
            "azure-native:network:HubVirtualNetworkConnection",
            f"{NETWORKS}/virtualHubs/hub/hubVirtualNetworkConnections/{one.name}",
            {"remoteVirtualNetwork": {"id": one.id}},
        )
        for one in (VNET, OTHER)
    ]
    assert two_networks(*connections).verdict is Verdict.UNKNOWN
    assert two_networks(connections[0]).verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("type_", "given"),
    [
        ("ConnectivityConfiguration", {"connectivityTopology": "Mesh"}),
        ("VirtualNetworkGatewayConnection", {"connectionType": "Vnet2Vnet"}),
    ],
)
def test_networks_are_joined_by_managers_and_gateways_too(type_: str, given: Given) -> None:
    joining = declare(f"azure-native:network:{type_}", f"{NETWORKS}/{type_}/it", given)
    assert two_networks(joining).verdict is Verdict.UNKNOWN


def test_a_network_of_somebody_else_may_come_through_the_hub() -> None:
    """Only where there is a hub at all: otherwise nothing leads here."""
    spoke = Place(PlaceKind.NETWORK, f"{HUB_NETWORK}-2", name="another spoke", resolves=(zone().name,))
    to_hub = peering(VNET.id, HUB_NETWORK)
    resolved = link(zone(), spoke.id)
    assert road(spoke, BLOBS, *private_account(), to_hub, resolved).verdict is Verdict.UNKNOWN
    assert road(spoke, BLOBS, *private_account(), resolved).verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("routes", "verdict"),
    [
        ((("10.0.0.0/8", "None"),), Verdict.OPEN),
        ((("10.1.0.0/16", "None"),), Verdict.CLOSED),
        ((("10.1.0.0/16", "None"), ("10.1.0.0/24", "VnetLocal")), Verdict.OPEN),
        ((("10.1.0.0/16", "VirtualAppliance"),), Verdict.UNKNOWN),
    ],
)
def test_the_longest_prefix_wins(routes: tuple[tuple[str, str], ...], verdict: Verdict) -> None:
    """The network's own route for 10.1.0.0/16 counts among them."""
    stated = table(*routes)
    asking = subnet("jobs", "10.1.3.0/24", routed(stated))
    host = record(CORP, "api", "10.1.0.9")
    found = road(
        in_subnet("jobs"),
        Door("", host="api.corp.example.com"),
        VNET,
        asking,
        subnet(),
        stated,
        CORP,
        link(CORP, VNET.id),
        host,
    )
    assert found.verdict is verdict
