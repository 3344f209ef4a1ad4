"""Networks that are joined without a peering between them: by a hub's firewall or gateway, a virtual hub, a manager.

A program declares that they are joined, and not whether the hub lets this traffic pass: such a road is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Road, unsure
from rehearsal.reachability.parts import Route, Subnet, id_under, last_part, ranges
from rehearsal.reachability.security_groups import Side
from rehearsal.reachability.standing import Standing
from rehearsal.rules.network.routes import routes

_HUB_CONNECTION = "azure-native:network:HubVirtualNetworkConnection"
_MANAGER = "azure-native:network:ConnectivityConfiguration"
_GATEWAY_CONNECTION = "azure-native:network:VirtualNetworkGatewayConnection"
_FORWARDING = ("VirtualAppliance", "VirtualNetworkGateway")


def transit(standing: Standing, network: str, there: Side, declared: Declared) -> Road | None:
    """How two networks that are not peered with each other may be joined; None where the program shows no way."""
    if not standing.network:
        return None
    for joining in _joining(standing.network, network, declared):
        return unsure(f"whether {joining.name} joins the two networks is not known", joining.urn)
    theirs = _neighbours(network, declared)
    shared = _neighbours(standing.network, declared) & theirs
    if shared and any(_forwards(subnet, there, declared) for subnet in standing.subnets):
        hub = last_part(sorted(shared)[0])
        return unsure(f"whether {hub}, with which both are peered, forwards between them is not known")
    others = theirs - {standing.network}
    if others and not declared.is_declared(standing.network):
        return unsure(
            f"whether a hub joins {last_part(standing.network)} and {last_part(network)} is its owner's to say"
        )
    return None


def _joining(here: str, there: str, declared: Declared) -> Iterator[Resource]:
    """Resources that may join networks, whether or not they name these.

    They are virtual hubs by their connections, network managers, and gateways.
    """
    for connection in declared.world.of_types((_HUB_CONNECTION,)):
        named = id_under(connection.value("remoteVirtualNetwork"))
        other = there if named == here else here
        if named in (here, there) and (_connected(other, declared) or not declared.is_declared(other)):
            yield connection
    yield from declared.world.of_types((_MANAGER,))
    for connection in declared.world.of_types((_GATEWAY_CONNECTION,)):
        if connection.text("connectionType").lower() == "vnet2vnet":
            yield connection


def _connected(network: str, declared: Declared) -> bool:
    connections = declared.world.of_types((_HUB_CONNECTION,))
    return any(id_under(one.value("remoteVirtualNetwork")) == network for one in connections)


def _neighbours(network: str, declared: Declared) -> set[str]:
    """The networks that a network is peered with, from either side."""
    ours = {peering.remote for peering in declared.peerings.get(network, ()) if peering.remote}
    theirs = (
        other
        for other, peerings in declared.peerings.items()
        if any(peering.remote == network for peering in peerings)
    )
    return {*ours, *theirs}


def _forwards(subnet: Subnet, there: Side, declared: Declared) -> bool:
    """Whether a route of the subnet leads to a firewall or gateway on the way there, or may."""
    table = declared.route_table(subnet)
    if table is None:
        return bool(subnet.reference("routeTable")) or subnet.is_unknown("routeTable")
    return any(
        route.hop in _FORWARDING
        for route in stated_routes(table, declared)
        if not there.ranges or any(one.subnet_of(route.prefix) for one in there.ranges)
    )


def stated_routes(table: Resource, declared: Declared) -> list[Route]:
    """The routes of a table whose prefix is an IPv4 range."""
    return [
        Route(prefix, owner.name, owner.urn, str(route.get("nextHopType")))
        for _, owner, route in routes(table, declared.world)
        for prefix in ranges([route.get("addressPrefix")])
    ]
