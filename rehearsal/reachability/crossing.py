"""From one private address to another: peerings, routes on the way, security groups at both ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from azure_facts.network_traffic import ENDPOINT_POLICIES, GROUP_POLICIES, PEERINGS, ROUTE_POLICIES
from rehearsal.reachability.declared import Declared, Peering, Subnet, network_of, ranges
from rehearsal.reachability.model import Road, Verdict, ends, joined, leads, unsure
from rehearsal.reachability.security_groups import Side, passes
from rehearsal.rules.network.routes import routes


@dataclass(frozen=True)
class Standing:
    """Where the asking machines are: a network, and the subnets in it that are known."""

    network: str
    subnets: tuple[Subnet, ...] = ()

    def side(self, declared: Declared) -> Side:
        """How a security group sees them."""
        known = [one for subnet in self.subnets for one in subnet.ranges]
        place = declared.places.get(self.network)
        return Side(private=True, ranges=(*known, *(ranges(place.ranges) if place and not known else ())))


def crossing(standing: Standing, subnet_id: str, port: int, declared: Declared, *, endpoint: bool) -> Road:
    """The road to an address in a subnet. `endpoint`: it is a private endpoint's, on which security groups and routes
    bear only where the subnet's policies say so."""
    network = network_of(subnet_id)
    target = declared.subnets.get(subnet_id)
    if network == standing.network:
        stood_in = (*standing.subnets, *((target,) if target else ()))
        road = leads(f"both are in {_name(network)}", *dict.fromkeys(one.resource.urn for one in stood_in))
    else:
        road = peered(standing.network, network, declared)
    if road.verdict is Verdict.CLOSED:
        return road
    there = Side(private=True, ranges=target.ranges if target else ())
    policies = str(target.stated.get("privateEndpointNetworkPolicies")) if target and endpoint else ""
    routed = not endpoint or policies in ROUTE_POLICIES
    steps = [road, *_leaving(standing, there, port, declared, routed=routed)]
    if target is not None and (not endpoint or policies in GROUP_POLICIES):
        entered = passes(target, "Inbound", standing.side(declared), there, port, declared)
        steps += [entered] if entered else []
    return joined(steps)


def peered(here: str, network: str, declared: Declared) -> Road:
    """Whether a network is peered with another, from both sides; `here` is empty for a caller outside any
    network."""
    if not here:
        return ends(f"{_name(network)} is not reachable from the internet")
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
    road = leads(f"{_name(here)} is peered with {_name(network)}", *(peering.urn for peering in known))
    return (
        road if len(known) == 2 else road.then(_other_side(network if ours is not None else here, declared))
    )


def _other_side(missing: str, declared: Declared) -> Road:
    """One side of the peering is declared; the other is that of a network which may be somebody else's."""
    if declared.is_declared(missing):
        return ends(f"{_name(missing)} does not peer back", source=PEERINGS)
    place = declared.places.get(missing)
    if place is None:
        return unsure(f"only its owner knows whether {_name(missing)} peers back", source=PEERINGS)
    if place.peered_back:
        return leads(f"{place} peers back, as the settings say", taken=True)
    return ends(f"{place} does not peer back", source=PEERINGS, setting=place.setting)


def _unpeered(here: str, network: str, declared: Declared) -> Road:
    if declared.is_declared(here) or declared.is_declared(network):
        return ends(f"{_name(here)} is not peered with {_name(network)}", source=PEERINGS)
    return unsure(f"nothing is known of {_name(here)} and {_name(network)}")


def _peering(of: str, remote: str, declared: Declared) -> Peering | None:
    """The peering of a network with another. One that was only read does not show its other end: it is taken to be the
    one where it is the network's only one that was read."""
    found = declared.peerings.get(of, ())
    for peering in found:
        if peering.remote == remote:
            return peering
    return next((peering for peering in found if not peering.remote), None)


def _leaving(
    standing: Standing, there: Side, port: int, declared: Declared, *, routed: bool
) -> Iterator[Road]:
    for subnet in standing.subnets:
        here = Side(private=True, ranges=subnet.ranges)
        left = passes(subnet, "Outbound", here, there, port, declared)
        if left is not None:
            yield left
        if routed:
            yield from _routes(subnet, there, declared)


def _routes(subnet: Subnet, there: Side, declared: Declared) -> Iterator[Road]:
    """A route of one's own takes the place of the networks' own routes, unless it is the default route."""
    table_id = subnet.reference("routeTable")
    table = declared.world.find(table_id)
    if table_id and (table is None or table.external):
        yield unsure(f"what the route table {table_id.rpartition('/')[2]} says is not declared here")
    for _, owner, route in routes(table, declared.world) if table is not None else ():
        written = ranges([route.get("addressPrefix")])
        if not written or written[0].prefixlen == 0:
            continue
        if not any(one.overlaps(written[0]) for one in there.ranges):
            continue
        hop = route.get("nextHopType")
        what = f"{owner.name} sends {written[0]} to {hop}"
        if hop == "None":
            yield ends(f"{what}, which drops it", owner.urn, source=ENDPOINT_POLICIES)
        elif hop not in ("VnetLocal", "VirtualNetworkPeering"):
            yield unsure(f"{what}, which may let it pass or not", owner.urn)


def _name(network: str) -> str:
    return network.rpartition("/")[2]
