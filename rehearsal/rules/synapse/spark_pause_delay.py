"""How soon a Spark pool pauses."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "autoPause.delayInMinutes"
_LEAST, _MOST = 5, 10080


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    minutes = resource.value(_PATH)
    if resource.value("autoPause.enabled") is not True or not isinstance(minutes, int | float):
        return
    if not _LEAST <= minutes <= _MOST:
        yield Violation(_PATH, f"is {minutes:g}; give {_LEAST} to {_MOST} minutes")


RULE = Rule(
    id="SYN322",
    service="Synapse",
    title="a Spark pool pauses after 5 minutes to a week",
    applies_to=(tokens.SYNAPSE_SPARK_POOL,),
    status=400,
    code="ValidationFailed",
    source="terraform-provider-azurerm docs/r/synapse_spark_pool (delay_in_minutes)",
    check=_check,
    trips=Case((declare(tokens.SYNAPSE_SPARK_POOL, {_PATH: 4}),)),
    passes=Case((declare(tokens.SYNAPSE_SPARK_POOL, {_PATH: 5}),)),
)
