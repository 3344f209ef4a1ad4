"""Managed and Kubernetes deployments scale in different ways."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_SCALE = "properties.scaleSettings"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    kind = resource.text(f"{_SCALE}.scaleType")
    if kind == "TargetUtilization" and resource.text("properties.endpointComputeType") == "Managed":
        yield Violation(
            f"{_SCALE}.scaleType",
            "a managed deployment takes 'Default' only; autoscale it through Azure Monitor",
        )
    least, most = resource.value(f"{_SCALE}.minInstances"), resource.value(f"{_SCALE}.maxInstances")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield Violation(f"{_SCALE}.minInstances", f"{least} is more than maxInstances ({most})")


def _case(scale_type: str) -> Case:
    return Case((declare(tokens.ML_ONLINE_DEPLOYMENT, {_SCALE: {"scaleType": scale_type}}),))


RULE = Rule(
    id="AML032",
    service="Azure ML online deployment",
    title="a scale type that the deployment's kind has",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="BadArgument",
    source="Azure REST spec machinelearningservices 2025-12-01, OnlineScaleSettings",
    check=_check,
    trips=_case("TargetUtilization"),
    passes=_case("Default"),
)
