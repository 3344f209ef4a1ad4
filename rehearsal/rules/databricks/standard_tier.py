"""The Standard tier is retired."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_RETIRED = datetime.date(2026, 10, 1)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.text("sku.name").lower() == "standard" and world.today >= _RETIRED:
        yield Violation("sku.name", f"the Standard tier was retired on {_RETIRED}; use 'premium'")


RULE = Rule(
    id="DBW003",
    service="Databricks workspace",
    title="no workspace in the retired Standard tier",
    applies_to=(tokens.DATABRICKS_WORKSPACE,),
    status=400,
    code="InvalidSku",
    source="Azure updates 502623 (Azure Databricks Standard tier retirement, 1 October 2026)",
    check=_check,
    trips=Case((declare(tokens.DATABRICKS_WORKSPACE, {"sku.name": "standard"}),)),
    passes=Case((declare(tokens.DATABRICKS_WORKSPACE),)),
)
