"""From one private address to another: peerings, routes on the way, security groups at both ends."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.network_traffic import GROUP_POLICIES, PEERINGS, ROUTE_POLICIES, ROUTES
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Road, Verdict, ends, joined, leads, unsure
from rehearsal.reachability.parts import Peering, Route, Subnet, last_part, network_of
from rehearsal.reachability.security_groups import Side, passes
from rehearsal.reachability.standing import Standing
from rehearsal.reachability.transit import stated_routes, transit


def crossing(standing: Standing, subnet_id: str, port: int, declared: Declared, *, endpoint: bool) -> Road:
    """The road to an address in a subnet. `endpoint`: it is a private endpoint's, on which security groups and routes
    bear only where the subnet's policies say so."""
    network = network_of(subnet_id)
    target = declared.subnets.get(subnet_id)
    if network == standing.network:
        stood_in = (*standing.subnets, *((target,) if target else ()))
        road = leads(
            f"both are in {last_part(network)}", *dict.fromkeys(one.resource.urn for one in stood_in)
        )
    else:
        road = peered(standing.network, network, declared)
    there = Side(private=True, ranges=target.ranges if target else ())
    if road.verdict is Verdict.CLOSED:
        return transit(standing, network, there, declared) or road
    policies = str(target.stated.get("privateEndpointNetworkPolicies")) if target and endpoint else ""
    routed = not endpoint or policies in ROUTE_POLICIES
    steps = [road, *_leaving(standing, there, port, declared, network if routed else "")]
    if target is not None and (not endpoint or policies in GROUP_POLICIES):
        entered = passes(target, "Inbound", standing.side(declared), there, port, declared)
        steps += [entered] if entered else []
    return joined(steps)


def peered(here: str, network: str, declared: Declared) -> Road:
    """Whether a network is peered with another, from both sides; `here` is empty for a caller outside any
    network."""
    if not here:
        return ends(f"{last_part(network)} is not reachable from the internet")
    ours, theirs = _peering(here, network, declared), _peering(network, here, declared)
    for peering in (ours, theirs):
        if peering is not None and not peering.lets_through:
            return ends(
                f"{peering.name} lets no traffic between the networks pass (allowVirtualNetworkAccess)",
                peering.urn,
                source=PEERINGS,
            )
    if ours is None and theirs is None:
        return _unpeered(here, network, declared)
    known = [peering for peering in (ours, theirs) if peering is not None]
    road = leads(
        f"{last_part(here)} is peered with {last_part(network)}", *(peering.urn for peering in known)
    )
    return (
        road if len(known) == 2 else road.then(_other_side(network if ours is not None else here, declared))
    )


def _other_side(missing: str, declared: Declared) -> Road:
    """One side of the peering is declared; the other is that of a network which may be somebody else's."""
    if declared.is_declared(missing):
        return ends(f"{last_part(missing)} does not peer back", source=PEERINGS)
    place = declared.places.get(missing)
    if place is None:
        return unsure(f"only its owner knows whether {last_part(missing)} peers back", source=PEERINGS)
    if place.peered_back:
        return leads(f"{place} peers back, as the settings say", taken=True)
    return ends(f"{place} does not peer back", source=PEERINGS, setting=place.setting)


def _unpeered(here: str, network: str, declared: Declared) -> Road:
    if declared.is_declared(here) or declared.is_declared(network):
        return ends(f"{last_part(here)} is not peered with {last_part(network)}", source=PEERINGS)
    return unsure(f"nothing is known of {last_part(here)} and {last_part(network)}")


def _peering(of: str, remote: str, declared: Declared) -> Peering | None:
    """The peering of a network with another. One that was only read does not show its other end: it is taken to be the
    one where it is the network's only one that was read."""
    found = declared.peerings.get(of, ())
    for peering in found:
        if peering.remote == remote:
            return peering
    return next((peering for peering in found if not peering.remote), None)


def _leaving(standing: Standing, there: Side, port: int, declared: Declared, network: str) -> Iterator[Road]:
    """`network` is the one that the address lies in; empty where routes do not bear on it."""
    for subnet in standing.subnets:
        here = Side(private=True, ranges=subnet.ranges)
        left = passes(subnet, "Outbound", here, there, port, declared)
        if left is not None:
            yield left
        if network:
            yield from _routes(subnet, network, there, declared)


def _routes(subnet: Subnet, network: str, there: Side, declared: Declared) -> Iterator[Road]:
    """The longest prefix wins, those of the networks' own routes included: a shorter one of a table changes nothing."""
    table_id = subnet.reference("routeTable")
    table = declared.route_table(subnet)
    if table_id and table is None:
        yield unsure(f"what the route table {last_part(table_id)} says is not declared here")
        return
    stated = stated_routes(table, declared) if table is not None else []
    spaces = declared.address_spaces(network)
    for destination in there.ranges:
        holding = [one for one in (*stated, *spaces) if destination.subnet_of(one.prefix)]
        chosen = max(holding, key=lambda one: (one.prefix.prefixlen, bool(one.hop)), default=None)
        if chosen is not None and chosen.hop:
            yield from _hop(chosen, certain=bool(spaces))
        inside = [one for one in stated if one.prefix != destination and one.prefix.subnet_of(destination)]
        yield from (road for one in inside for road in _hop(one, certain=False))


def _hop(route: Route, *, certain: bool) -> Iterator[Road]:
    """Where a route of one's own leads, unless that is where the networks' own lead too. Not `certain`: another route
    may be the one that counts."""
    what = f"{route.owner} sends {route.prefix} to {route.hop}"
    if route.hop == "None" and certain:
        yield ends(f"{what}, which drops it", route.urn, source=ROUTES)
    elif route.hop not in ("VnetLocal", "VirtualNetworkPeering"):
        yield unsure(f"{what}, which may let it pass or not", route.urn)
