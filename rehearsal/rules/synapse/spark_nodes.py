"""How many nodes a Spark pool has."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_LEAST, _MOST = 3, 200


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    scales = resource.value("autoScale.enabled") is True
    paths = ("autoScale.minNodeCount", "autoScale.maxNodeCount") if scales else ("nodeCount",)
    counts = [(path, resource.value(path)) for path in paths]
    numbers: list[tuple[str, int | float]] = [
        (path, count) for path, count in counts if isinstance(count, int | float)
    ]
    for path, count in numbers:
        if not _LEAST <= count <= _MOST:
            yield Violation(path, f"is {count:g}; give {_LEAST} to {_MOST} nodes")
    if len(numbers) == 2 and numbers[0][1] > numbers[1][1]:
        yield Violation(
            numbers[0][0], f"is {numbers[0][1]:g}; give at most {numbers[1][0]}, {numbers[1][1]:g}"
        )


RULE = Rule(
    id="SYN321",
    service="Synapse",
    title="a Spark pool has 3 to 200 nodes",
    applies_to=(tokens.SYNAPSE_SPARK_POOL,),
    status=400,
    code="ValidationFailed",
    source="learn.microsoft.com synapse-analytics spark/apache-spark-pool-configurations; terraform-provider-azurerm "
    "docs/r/synapse_spark_pool",
    check=_check,
    trips=Case((declare(tokens.SYNAPSE_SPARK_POOL, {"autoScale.minNodeCount": 2}),)),
    passes=Case((declare(tokens.SYNAPSE_SPARK_POOL, {"autoScale": REMOVE, "nodeCount": 3}),)),
)
