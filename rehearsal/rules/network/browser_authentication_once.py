"""One endpoint for browser sign-ins serves every Databricks workspace of a region."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import DATABRICKS_ID
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_GROUP = "browser_authentication"
_PARTS = tuple(
    f"{name}[0].groupIds" for name in ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections")
)


def _place(endpoint: Resource) -> tuple[str, str] | None:
    """The region and the network of an endpoint for browser sign-ins: one zone holds one name for them."""
    signs_in = any(isinstance(asked := endpoint.value(path), list) and _GROUP in asked for path in _PARTS)
    network = endpoint.text("subnet.id").lower().partition("/subnets/")[0]
    return (endpoint.text("location"), network) if signs_in and network else None


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    place = _place(resource)
    if place is None:
        return
    for other in world.grouped((tokens.PRIVATE_ENDPOINT,), _place)[place]:
        if other.order < resource.order:
            yield Violation(
                "privateLinkServiceConnections[0].groupIds",
                f"{other.urn} answers sign-ins for every workspace of this region already; their zone has one name "
                "for both, and the later one takes it: keep one",
            )
            return


def _case(second: str) -> Case:
    target, group = (
        f"privateLinkServiceConnections[0].{name}" for name in ("privateLinkServiceId", "groupIds")
    )
    return Case(
        (
            declare(tokens.PRIVATE_ENDPOINT, {target: DATABRICKS_ID, group: [_GROUP]}, name="first"),
            declare(
                tokens.PRIVATE_ENDPOINT,
                {
                    target: f"{DATABRICKS_ID}-2",
                    group: [second],
                    "privateEndpointName": "pep-databricks-2-ml-dev",
                },
            ),
        )
    )


RULE = Rule(
    id="NET021",
    service="Private Link",
    title="one browser_authentication endpoint for a region and a network",
    applies_to=(tokens.PRIVATE_ENDPOINT,),
    status=0,
    code="",
    source="learn.microsoft.com azure/databricks/security/network/front-end/front-end-private-connect (one browser "
    "authentication private endpoint per region, not per workspace)",
    check=_check,
    trips=_case(_GROUP),
    passes=_case("databricks_ui_api"),
    severity=Severity.WARNING,
)
