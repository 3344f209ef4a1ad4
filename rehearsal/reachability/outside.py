"""From an origin to a public address; what answers there does not matter."""

from __future__ import annotations

from dataclasses import replace

from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Door, Road, Verdict, joined, leads
from rehearsal.reachability.origins import Origin
from rehearsal.reachability.public_doors import Caller
from rehearsal.reachability.way_out import Exit, way_out


def go_out(origin: Origin, door: Door, tag: str, declared: Declared) -> tuple[Road, Caller]:
    """The road to the internet, and how public endpoints see who comes that way."""
    if origin.unknown is not None:
        return origin.unknown, origin.caller
    if origin.managed is not None:
        return origin.managed.out(door, tag), origin.caller
    if origin.standing is None:
        return Road(Verdict.OPEN), origin.caller
    if not origin.standing.subnets:
        what = f"the owner of {origin.standing.network.rpartition('/')[2]} lets {origin.caller.name} out"
        return leads(what, taken=True), origin.caller
    exits = [
        way_out(subnet, door, tag, declared, nodes_leave=origin.nodes_leave)
        for subnet in origin.standing.subnets
    ]
    others = {subnet.id for subnet in origin.standing.subnets if tag not in subnet.service_endpoints}
    return joined(found.road for found in exits), _seen(origin.caller, exits, others)


def _seen(caller: Caller, exits: list[Exit], others: set[str]) -> Caller:
    """`others` are subnets without a service endpoint for what is called."""
    served = tuple(subnet for subnet in caller.subnets if subnet not in others)
    addresses = tuple(dict.fromkeys(address for found in exits for address in found.addresses))
    if addresses:
        return replace(caller, subnets=served, addresses=addresses, stated=False)
    return replace(caller, subnets=served)
