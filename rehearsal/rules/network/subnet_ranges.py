"""Subnets lie in their network and apart from each other."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    network = world.find(resource.id.partition("/subnets/")[0])
    mine = _parse(resource.text("addressPrefix"))
    if mine is None:
        if resource.text("addressPrefix"):
            yield Violation(
                "addressPrefix", f"'{resource.text('addressPrefix')}' is no CIDR block without host bits"
            )
        return
    spaces = network.value("addressSpace.addressPrefixes") if network is not None else None
    parsed = [_parse(str(space)) for space in spaces] if isinstance(spaces, list) else []
    if network is not None and not any(space is not None and mine.subnet_of(space) for space in parsed):
        yield Violation("addressPrefix", f"{mine} does not lie in the address space of {network.urn}")
    parent = resource.id.lower().partition("/subnets/")[0]
    for other in world.of_types((tokens.SUBNET,)):
        theirs = _parse(other.text("addressPrefix"))
        earlier = other.order < resource.order and other.id.lower().startswith(f"{parent}/")
        if earlier and theirs is not None and mine.overlaps(theirs):
            yield Violation("addressPrefix", f"{mine} overlaps {theirs} of {other.urn}; choose a free range")


def _parse(text: str) -> ipaddress.IPv4Network | None:
    try:
        return ipaddress.IPv4Network(text)
    except ValueError:
        return None


def _case(prefix: str) -> Case:
    return Case(
        (
            declare(tokens.VIRTUAL_NETWORK, name="network"),
            declare(tokens.SUBNET, name="first", depends_on=("network",)),
            declare(tokens.SUBNET, {"subnetName": "snet-pe", "addressPrefix": prefix}, depends_on=("first",)),
        )
    )


RULE = Rule(
    id="NET001",
    service="Virtual network",
    title="subnets lie inside their network and do not overlap",
    applies_to=(tokens.SUBNET,),
    status=400,
    code="NetcfgInvalidSubnet",
    source="learn.microsoft.com azure/virtual-network/virtual-network-manage-subnet",
    check=_check,
    trips=_case("10.20.2.0/24"),
    passes=_case("10.20.4.0/24"),
)
