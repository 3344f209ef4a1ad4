"""A training cluster's smallest size is not above its largest."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_SCALE = "properties.properties.scaleSettings"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    low, high = resource.value(f"{_SCALE}.minNodeCount"), resource.value(f"{_SCALE}.maxNodeCount")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield Violation(
            f"{_SCALE}.minNodeCount",
            f"{low} is above maxNodeCount {high}; use {high} or less (0 costs nothing)",
        )


RULE = Rule(
    id="AML005",
    service="Azure ML compute",
    title="a cluster's minimum is not above its maximum",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="InvalidScaleSettings",
    source="Azure REST spec machinelearningservices 2025-12-01, ScaleSettings",
    check=_check,
    trips=Case((declare(tokens.ML_COMPUTE, {f"{_SCALE}.minNodeCount": 5}),)),
    passes=Case((declare(tokens.ML_COMPUTE, {f"{_SCALE}.minNodeCount": 4}),)),
)
