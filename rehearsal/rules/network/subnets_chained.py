"""Subnets of one network are written one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    parent = resource.id.lower().partition("/subnets/")[0]
    for other in world.of_types((tokens.SUBNET,)):
        same = other.order < resource.order and other.id.lower().startswith(f"{parent}/")
        if same and not world.depends_on(resource, other) and not world.depends_on(other, resource):
            yield Violation(
                "virtualNetworkName",
                f"may be written at the same time as {other.urn}; the network takes one write at a "
                "time and refuses the "
                "other after some retries: chain them with depends_on, or list them in the network",
            )
            return


def _case(*, chained: bool) -> Case:
    return Case(
        (
            declare(tokens.SUBNET, name="first"),
            declare(
                tokens.SUBNET,
                {"subnetName": "snet-pe", "addressPrefix": "10.20.4.0/24"},
                depends_on=("first",) if chained else (),
            ),
        )
    )


RULE = Rule(
    id="NET002",
    service="Virtual network",
    title="subnets of one network are chained",
    applies_to=(tokens.SUBNET,),
    status=429,
    code="AnotherOperationInProgress",
    source="learn.microsoft.com azure/networking/troubleshoot-failed-state (AnotherOperationInProgress)",
    check=_check,
    trips=_case(chained=False),
    passes=_case(chained=True),
    severity=Severity.WARNING,
)
