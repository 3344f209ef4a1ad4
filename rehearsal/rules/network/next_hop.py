"""A route's next hop has an address where it is an appliance, and only there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.azure_firewall import APPLIANCE, DEFAULT_ROUTE, NEXT_HOP_ADDRESS
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.network.firewall_examples import table
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.type == tokens.ROUTE:
        yield from _problems("", resource.plain_inputs, unknown=resource.is_unknown("nextHopIpAddress"))
        return
    for index, route in enumerate(resource.items("routes")):
        path = f"routes[{index}]."
        yield from _problems(path, route, unknown=resource.is_unknown(f"{path}nextHopIpAddress"))


def _problems(path: str, route: Mapping[str, object], *, unknown: bool) -> Iterator[Violation]:
    hop, address = route.get("nextHopType"), route.get("nextHopIpAddress")
    if hop == APPLIANCE and not address and not unknown:
        yield Violation(
            f"{path}nextHopIpAddress", f"is missing; {APPLIANCE} needs the appliance's private address"
        )
    if isinstance(hop, str) and hop != APPLIANCE and address:
        yield Violation(
            f"{path}nextHopIpAddress",
            f"belongs to {APPLIANCE}, and nextHopType is {hop}; remove one of the two",
        )


def _case(hop: str) -> Case:
    return Case(
        (
            table(
                {
                    "name": "out",
                    "addressPrefix": DEFAULT_ROUTE,
                    "nextHopType": hop,
                    "nextHopIpAddress": "10.20.30.4",
                }
            ),
        )
    )


RULE = Rule(
    id="NET312",
    service="Route table",
    title="a next hop has an address where it is an appliance, and only there",
    applies_to=(tokens.ROUTE_TABLE, tokens.ROUTE),
    status=400,
    code="",
    source=f"{NEXT_HOP_ADDRESS}; learn.microsoft.com azure/virtual-network/manage-route-table (create a route)",
    check=_check,
    trips=_case("Internet"),
    passes=_case(APPLIANCE),
)
