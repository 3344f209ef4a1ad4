"""VM sizes that are gone."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue.retired_sizes import retires_on
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.quotas import ASKING_TYPES, node_sizes
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path, size in node_sizes(resource):
        day = retires_on(size)
        if day is not None and day <= world.today:
            yield Violation(
                path,
                f"'{size}' was retired on {day}; use a current one, such as Standard_D4ds_v5",
            )


RULE = Rule(
    id="VM001",
    service="Azure Compute",
    title="no VM size that is retired",
    applies_to=ASKING_TYPES,
    status=409,
    code="SkuNotAvailable",
    source="Azure updates 485569 and 500682; learn.microsoft.com azure/virtual-machines/sizes/retirement",
    check=_check,
    trips=Case((declare(tokens.ML_COMPUTE, {"properties.properties.vmSize": "Standard_NC6s_v3"}),)),
    passes=Case((declare(tokens.ML_COMPUTE, {"properties.properties.vmSize": "Standard_E8ds_v5"}),)),
)
