"""A managed deployment runs on a size that managed endpoints have."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.managed_endpoints import EXAMPLE_SIZE, SIZES_SOURCE, runs_managed_endpoints
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.instanceType"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    size = resource.text(_PATH)
    managed = resource.text("properties.endpointComputeType") == "Managed"
    if managed and size and not runs_managed_endpoints(size):
        yield Violation(
            _PATH, f"managed endpoints have no {size}; use one of their list, such as {EXAMPLE_SIZE}"
        )


def _case(size: str) -> Case:
    return Case((declare(tokens.ML_ONLINE_DEPLOYMENT, {_PATH: size}),))


RULE = Rule(
    id="AML201",
    service="Azure ML online deployment",
    title="a managed deployment on a size that managed endpoints have",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="",
    source=str(SIZES_SOURCE),
    check=_check,
    trips=_case("Standard_B2s"),
    passes=_case("STANDARD_DS3_V2"),
)
