"""A deployment runs on what its endpoint runs on."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    endpoint = world.find(resource.id.partition("/deployments/")[0])
    if endpoint is None:
        return
    expected = "Kubernetes" if endpoint.value("properties.compute") else "Managed"
    kind = resource.text("properties.endpointComputeType")
    if kind and kind != expected and not endpoint.is_unknown("properties.compute"):
        yield Violation(
            "properties.endpointComputeType",
            f"'{kind}' under {endpoint.urn}, whose own kind is {expected}; use '{expected}'",
        )


def _case(kind: str) -> Case:
    return Case(
        (
            declare(tokens.ML_ONLINE_ENDPOINT, name="endpoint"),
            declare(
                tokens.ML_ONLINE_DEPLOYMENT,
                {"properties.endpointComputeType": kind},
                depends_on=("endpoint",),
            ),
        )
    )


RULE = Rule(
    id="AML019",
    service="Azure ML online deployment",
    title="endpoint and deployment are of one kind",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="BadArgument",
    source="Azure REST spec machinelearningservices 2025-12-01, OnlineDeploymentProperties.endpointComputeType",
    check=_check,
    trips=_case("Kubernetes"),
    passes=_case("Managed"),
)
