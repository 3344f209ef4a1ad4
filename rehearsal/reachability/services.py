"""Doors of services that have private endpoints, and of hosts by name."""

from __future__ import annotations

from azure_facts.arm_id_parsing import arm_type_of
from azure_facts.network_traffic import NAMES, tag_of
from rehearsal.reachability.crossing import crossing
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Door, Hop, Road, Verdict, ends, leads, unsure
from rehearsal.reachability.names import Answer, Resolver, answers_to_host, record_names, resolve
from rehearsal.reachability.origins import Origin
from rehearsal.reachability.outside import go_out
from rehearsal.reachability.parts import Endpoint
from rehearsal.reachability.public_doors import admits
from rehearsal.reachability.standing import Standing


def service_road(origin: Origin, door: Door, declared: Declared) -> Road:
    """The road to a sub-resource (`door.group`) of a service (`door.target`, in lower case)."""
    if origin.unknown is not None:
        return origin.unknown
    if origin.managed is not None:
        hop = origin.managed.endpoints.get((door.target, door.group.lower()))
        if hop is not None:
            return Road(Verdict.OPEN, (hop,))
        road = public_road(origin, door, declared)
        if origin.managed.hidden and road.verdict is Verdict.CLOSED:
            return unsure(f"{road.missing}; whether an endpoint is made elsewhere is not known")
        return road
    if origin.standing is None:
        return public_road(origin, door, declared)
    return _from_network(origin, origin.standing, door, declared)


def _from_network(origin: Origin, standing: Standing, door: Door, declared: Declared) -> Road:
    endpoints = [
        endpoint
        for endpoint in declared.endpoints_by_target.get(door.target, ())
        if door.group.lower() in endpoint.groups
    ]
    others = (door.target, door.group.lower()) in declared.managed_targets
    found = resolve(
        door.target, door.group, endpoints, Resolver.of(standing.network, declared), others=others
    )
    if found.answer is Answer.PRIVATE and found.endpoint is not None:
        return through(found.endpoint, standing, door.port, declared).after(*found.hops)
    if found.answer is Answer.NOTHING:
        return ends(found.missing, source=NAMES)
    if found.answer is Answer.UNKNOWN:
        return unsure(found.missing, source=NAMES)
    road = public_road(origin, door, declared)
    if road.verdict is Verdict.OPEN or not found.missing:
        return road
    return Road(road.verdict, road.hops, f"{found.missing}, and {road.missing}", road.setting, str(NAMES))


def through(endpoint: Endpoint, standing: Standing, port: int, declared: Declared) -> Road:
    """The road to a private endpoint, and through it."""
    resource = endpoint.resource
    target = declared.world.find(endpoint.target)
    hops = [Hop(f"{resource.name} is the endpoint", (resource.urn, *((target.urn,) if target else ())))]
    if endpoint.manual:
        hops.append(Hop("the target's owner approves it", taken=True))
    if not endpoint.subnet:
        return unsure(f"the network of {resource.name} is not known", resource.urn)
    return Road(Verdict.OPEN, tuple(hops)).then(
        crossing(standing, endpoint.subnet, port, declared, endpoint=True)
    )


def public_road(origin: Origin, door: Door, declared: Declared) -> Road:
    """The road to a service's public endpoint."""
    target = declared.world.find(door.target)
    road, caller = go_out(origin, door, tag_of(arm_type_of(door.target)), declared)
    if road.verdict is Verdict.CLOSED:
        return road
    if target is None and (workspace := declared.own_storage.get(door.target)) is not None:
        return road.then(
            ends(f"the firewall of {workspace.name}'s own storage lets nobody in", workspace.urn)
        )
    if target is None:
        return road.then(unsure(f"the firewall of {door} is not declared here"))
    return road.then(admits(target, caller, declared.world))


def host_road(origin: Origin, door: Door, declared: Declared) -> Road:
    """The road to a host that no declared resource answers for, such as a package index."""
    if origin.standing is not None:
        named = private_name(door.host, origin.standing, door.port, declared)
        if named is not None:
            return named
    road, _ = go_out(origin, door, "", declared)
    if road.verdict is Verdict.CLOSED:
        return road
    return road.then(leads(f"{door.host} answers everybody", taken=True))


def private_name(host: str, standing: Standing, port: int, declared: Declared) -> Road | None:
    """The road to the address that a private zone gives a host; None where the public name answers."""
    resolver = Resolver.of(standing.network, declared)
    answered = answers_to_host(host.lower(), resolver)
    if answered is not None:
        return _by_record(host.lower(), answered, standing, port, declared)
    if resolver.is_known:
        return None
    return unsure(f"what resolves {host} in {standing.network.rpartition('/')[2]} is not known")


def _by_record(
    host: str, answered: tuple[str, str, str], standing: Standing, port: int, declared: Declared
) -> Road:
    zone_id, name, link = answered
    records = declared.records.get(zone_id, {})
    record = next((records[one] for one in record_names(name) if one in records), None)
    zone = declared.world.find(zone_id)
    if any((zone_id, one) in declared.aliases for one in record_names(name)):
        return unsure(
            f"a record of {zone_id.rpartition('/')[2]} leads {host} to another name or to IPv6", link
        )
    if record is None:
        if zone is None or zone.external or _written_elsewhere(zone_id, declared):
            return unsure(f"whether {zone_id.rpartition('/')[2]} has a record of {host} is not known", link)
        return ends(f"{zone.name} answers, and has no record of {host}", zone.urn, link, source=NAMES)
    hops = leads(f"{host} resolves by {record.name}", record.urn, link, *((zone.urn,) if zone else ()))
    addresses = [str(entry.get("ipv4Address")) for entry in record.items("aRecords")]
    subnets = [subnet for address in addresses for subnet in declared.subnets_with(address)]
    if not subnets:
        return hops.then(unsure(f"where {', '.join(addresses) or record.name} is, is not declared here"))
    return hops.then(crossing(standing, subnets[0].id, port, declared, endpoint=False))


def _written_elsewhere(zone_id: str, declared: Declared) -> bool:
    """Endpoints write records too, and so do machines where a link registers them."""
    registering = any(zones[zone_id].registers for zones in declared.links.values() if zone_id in zones)
    return registering or any(zone_id in endpoint.zones for endpoint in declared.endpoints)
