"""A route table leads each prefix one way."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.azure_firewall import APPLIANCE, DEFAULT_ROUTE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.network.firewall_examples import table
from rehearsal.rules.network.routes import routes
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    seen: dict[str, str] = {}
    for path, owner, route in routes(resource, world):
        prefix, name = str(route.get("addressPrefix")), str(route.get("name") or route.get("routeName"))
        if prefix in seen:
            where = f"{path}addressPrefix" if owner is resource else "routes"
            yield Violation(where, f"{prefix} has the route {seen[prefix]} already; keep one of the two")
        seen.setdefault(prefix, name)


def _case(*prefixes: str) -> Case:
    return Case(
        (
            table(
                *(
                    {
                        "name": f"r{index}",
                        "addressPrefix": prefix,
                        "nextHopType": APPLIANCE,
                        "nextHopIpAddress": "10.20.30.4",
                    }
                    for index, prefix in enumerate(prefixes)
                )
            ),
        )
    )


RULE = Rule(
    id="NET313",
    service="Route table",
    title="a table leads each prefix one way",
    applies_to=(tokens.ROUTE_TABLE,),
    status=400,
    code="",
    source="learn.microsoft.com azure/virtual-network/manage-route-table (create a route: no prefix twice in a table)",
    check=_check,
    trips=_case(DEFAULT_ROUTE, DEFAULT_ROUTE),
    passes=_case(DEFAULT_ROUTE, "10.0.0.0/8"),
)
