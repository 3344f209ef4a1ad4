"""Managed deployments are scaled by Azure Monitor, not by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.monitor.registration import Resource
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation
from rehearsal.world import World

_PATH = "properties.scaleSettings"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    kind = resource.text(f"{_PATH}.scaleType")
    if kind == "TargetUtilization" and resource.text("properties.endpointComputeType") == "Managed":
        yield Violation(
            f"{_PATH}.scaleType",
            "'TargetUtilization' is for Kubernetes; use 'Default' and an autoscale setting on the deployment",
        )
    low, high = resource.value(f"{_PATH}.minInstances"), resource.value(f"{_PATH}.maxInstances")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield Violation(f"{_PATH}.minInstances", f"{low} is above maxInstances {high}")


RULE = Rule(
    id="AML152",
    service="Azure ML online deployment",
    title="target utilisation is for Kubernetes",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="BadArgument",
    source="Azure REST spec machinelearningservices 2025-12-01, OnlineScaleSettings.scaleType",
    check=_check,
    trips=Case(
        (
            declare(
                tokens.ML_ONLINE_DEPLOYMENT, {_PATH: {"scaleType": "TargetUtilization", "minInstances": 1}}
            ),
        )
    ),
    passes=Case((declare(tokens.ML_ONLINE_DEPLOYMENT, {_PATH: {"scaleType": "Default"}}),)),
)
