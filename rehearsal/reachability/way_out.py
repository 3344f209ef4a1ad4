"""From a subnet to the internet: security group, default route, firewall, NAT gateway."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from azure_facts.azure_firewall import APPLIANCE
from azure_facts.ml_managed_network import approves
from azure_facts.network_traffic import ALL_AZURE, OUTBOUND, ROUTES, is_microsofts
from rehearsal.model.resource import Resource
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Door, Road, Verdict, ends, leads, unsure
from rehearsal.reachability.parts import Subnet, id_under, last_part, ranges
from rehearsal.reachability.security_groups import Side, passes
from rehearsal.rules.network.routes import default_routes, has_parent_policy, routes, rules_of_way_out, texts

_Route = Mapping[str, object]
_OTHER_TARGETS = (
    "destinationAddresses",
    "destinationFqdns",
    "destinationIpGroups",
    "fqdnTags",
    "targetUrls",
    "webCategories",
)
"""What a firewall's rule may name instead of hosts."""


@dataclass(frozen=True)
class Exit:
    """The road out, and the addresses that others see: empty where nobody knows them."""

    road: Road
    addresses: tuple[str, ...] = ()


def way_out(subnet: Subnet, door: Door, tag: str, declared: Declared, *, nodes_leave: bool = False) -> Exit:
    """How machines of a subnet reach a public address. `tag` is the service tag that it lies in, where that is known.
    `nodes_leave`: they have a way out of their own, such as a cluster's load balancer or public addresses."""
    routed = bool(subnet.reference("routeTable"))
    here, there = Side(private=True, ranges=subnet.ranges), Side(private=False, tag=tag, routed=routed)
    passed = passes(subnet, "Outbound", here, there, door.port, declared)
    if passed is not None and passed.verdict is Verdict.CLOSED:
        return Exit(passed)
    if tag in subnet.service_endpoints:
        left = Exit(leads(f"the subnet has a service endpoint for {tag}", subnet.resource.urn))
    else:
        left = _left(subnet, door, tag, declared, nodes_leave=nodes_leave)
    return Exit(passed.then(left.road), left.addresses) if passed is not None else left


def _left(subnet: Subnet, door: Door, tag: str, declared: Declared, *, nodes_leave: bool) -> Exit:
    table_id = subnet.reference("routeTable")
    table = declared.route_table(subnet)
    if table_id and table is None:
        return Exit(unsure(f"the route table {last_part(table_id)} is somebody else's"))
    if table is None:
        return _without_route(subnet, declared, nodes_leave=nodes_leave)
    everywhere = next(iter(default_routes(table, declared.world)), None)
    certain, possible = _routes_to(door, tag, table, declared)
    exits = [
        _by_route(route, table, subnet, door, declared, nodes_leave=nodes_leave)
        for route in (certain[:1] or [everywhere]) + possible
    ]
    if len({found.road.verdict for found in exits}) == 1:
        return exits[0]
    return Exit(
        unsure(f"which route of {table.name} {door} is reached by is not known", table.urn, source=ROUTES)
    )


def _routes_to(
    door: Door, tag: str, table: Resource, declared: Declared
) -> tuple[list[_Route], list[_Route]]:
    """The routes of a table that lead to a service tag, and those that may: of one region, of all of Azure, or of some
    public addresses. The longest prefix wins, so all of them go before the default route."""
    certain, possible = list[_Route](), list[_Route]()
    for _, _, route in routes(table, declared.world):
        prefix = str(route.get("addressPrefix"))
        written = ranges([prefix])
        if written:
            if written[0].prefixlen and not written[0].is_private:
                possible.append(route)
        elif tag and prefix.lower() == tag.lower():
            certain.append(route)
        elif ":" not in prefix and _may_hold(prefix.partition(".")[0], door, tag):
            possible.append(route)
    return certain, possible


def _may_hold(name: str, door: Door, tag: str) -> bool:
    """Whether a service tag, by its name without a region, may hold what is called."""
    return name.lower() in (tag.lower(), ALL_AZURE.lower()) or (not tag and is_microsofts(door.host))


def _by_route(
    route: _Route | None,
    table: Resource,
    subnet: Subnet,
    door: Door,
    declared: Declared,
    *,
    nodes_leave: bool,
) -> Exit:
    hop = route.get("nextHopType") if route is not None else "Internet"
    if route is None or hop == "Internet":
        return _without_route(subnet, declared, nodes_leave=nodes_leave)
    what = f"the route for {route.get('addressPrefix')} leads to"
    if hop == "None":
        return Exit(
            ends(f"{subnet.resource.name} drops what goes to {route.get('addressPrefix')}", table.urn)
        )
    if hop == APPLIANCE:
        return Exit(leads(f"{what} a firewall", table.urn).then(_firewall(subnet, door, declared)))
    return Exit(unsure(f"{what} {hop}", table.urn))


def _without_route(subnet: Subnet, declared: Declared, *, nodes_leave: bool) -> Exit:
    gateway_id = subnet.reference("natGateway")
    gateway = declared.world.find(gateway_id)
    if gateway is not None:
        return Exit(
            leads(f"{gateway.name} leads out", gateway.urn),
            tuple(_addresses(gateway.items("publicIpAddresses"), declared)),
        )
    if gateway_id:
        return Exit(leads(f"{gateway_id.rpartition('/')[2]} leads out"))
    if nodes_leave:
        return Exit(leads("the machines have a way out of their own"))
    if subnet.is_unknown("natGateway"):
        return Exit(unsure(f"how {subnet.resource.name} is left is not known"))
    if subnet.stated.get("defaultOutboundAccess") is False:
        return Exit(
            ends(
                f"{subnet.resource.name} has neither a NAT gateway nor a route for 0.0.0.0/0",
                subnet.resource.urn,
                source=OUTBOUND,
            )
        )
    return Exit(unsure(f"whether {subnet.resource.name} has a default way out depends on the API's version"))


def _addresses(references: Sequence[Mapping[str, object]], declared: Declared) -> list[str]:
    found = [declared.world.find(id_under(reference)) for reference in references]
    known = [address.outputs.get("ipAddress") for address in found if address is not None]
    return [address for address in known if isinstance(address, str)]


def _firewall(subnet: Subnet, door: Door, declared: Declared) -> Road:
    """Rules by host are compared with the door's; those by address, service tag or FQDN tag may let it out too."""
    rules = rules_of_way_out(subnet.resource, declared.world)
    if rules is None:
        return unsure("what the firewall lets out is not declared here")
    mine = [rule for rule in rules if _from(subnet, rule)]
    hosts = [host for rule in mine for host in texts(rule, "targetFqdns")]
    if "*" in hosts or (door.host and approves(hosts, door.host)):
        return leads(f"a rule of the firewall lets out to {door}")
    addresses = [address for rule in mine for address in texts(rule, "destinationAddresses")]
    if {"*", "0.0.0.0/0"} & set(addresses):
        return leads("a rule of the firewall lets out to every address")
    by_others = any(rule.get(key) for rule in mine for key in _OTHER_TARGETS)
    if door.host and not by_others and not has_parent_policy(declared.world):
        return ends(f"no rule of the firewall lets out to {door.host}")
    return unsure(f"whether a rule of the firewall lets out to {door} is not known")


def _from(subnet: Subnet, rule: Mapping[str, object]) -> bool:
    sources = texts(rule, "sourceAddresses")
    if not sources or "*" in sources:
        return True
    written = ranges(sources)
    return all(any(one.subnet_of(source) for source in written) for one in subnet.ranges)
