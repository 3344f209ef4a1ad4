"""Compute of Azure ML without a public address, in a subnet of ours, has a way out."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.egress import AZURE_ML_NETWORK
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.network.firewall_examples import way_to
from rehearsal.rules.network.routes import default_routes, table_of
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_INSIDE = "properties.properties"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only of a subnet of this stack that says that it has no default way out."""
    if resource.value(f"{_INSIDE}.enableNodePublicIp") is not False:
        return
    subnet = world.find(resource.text(f"{_INSIDE}.subnet.id"))
    if subnet is None or subnet.external or subnet.value("defaultOutboundAccess") is not False:
        return
    if subnet.value("natGateway") or subnet.is_unknown("natGateway") or subnet.is_unknown("routeTable"):
        return
    table = table_of(subnet, world)
    if (table is None and not subnet.value("routeTable")) or (table and not default_routes(table, world)):
        yield Violation(
            f"{_INSIDE}.subnet",
            f"{subnet.urn} has neither a NAT gateway nor a route for 0.0.0.0/0, so nodes never reach Azure ML; give it "
            "one of the two",
        )


def _case(subnet: dict[str, object]) -> Case:
    compute = {f"{_INSIDE}.enableNodePublicIp": False, f"{_INSIDE}.subnet": {"id": Ref("subnet")}}
    return Case(
        (
            declare(tokens.VIRTUAL_NETWORK, name="network"),
            way_to("10.0.0.4"),
            declare(
                tokens.SUBNET,
                {"defaultOutboundAccess": False, **subnet},
                name="subnet",
                depends_on=("network",),
            ),
            declare(tokens.ML_COMPUTE, compute, depends_on=("subnet",)),
        )
    )


RULE = Rule(
    id="NET317",
    service="Azure ML compute",
    title="nodes without a public address have a way out of our subnet",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source=str(AZURE_ML_NETWORK),
    check=_check,
    trips=_case({}),
    passes=_case({"routeTable": {"id": Ref("table")}}),
    severity=Severity.WARNING,
)
