"""Sizes of dedicated SQL pools."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_SIZES = frozenset(
    f"DW{units}c"
    for units in (
        100,
        200,
        300,
        400,
        500,
        1000,
        1500,
        2000,
        2500,
        3000,
        5000,
        6000,
        7500,
        10000,
        15000,
        30000,
    )
)


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    size = resource.text("sku.name")
    if size and size not in _SIZES:
        yield Violation(
            "sku.name", f"'{size}' is no size of a dedicated SQL pool; use one such as DW100c, the smallest"
        )
    elif not size and resource.value("sku.name") is None and resource.text("createMode") in ("", "Default"):
        yield Violation("sku.name", "is missing: a new pool needs a size, such as DW100c")


RULE = Rule(
    id="SYN320",
    service="Synapse",
    title="a dedicated SQL pool has one of the sizes there are",
    applies_to=(tokens.SYNAPSE_SQL_POOL,),
    status=400,
    code="InvalidSku",
    source="learn.microsoft.com synapse-analytics sql-data-warehouse/what-is-a-data-warehouse-unit-dwu-cdwu",
    check=_check,
    trips=Case((declare(tokens.SYNAPSE_SQL_POOL, {"sku.name": "DW150c"}),)),
    passes=Case((declare(tokens.SYNAPSE_SQL_POOL, {"sku.name": "DW1000c"}),)),
)
