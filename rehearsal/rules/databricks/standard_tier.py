"""The Standard tier is retired."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.retirements import RetirementKind, find_retirements
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    feature = f"databricks:Workspace:sku.name={resource.text('sku.name')}"
    for finding in find_retirements(RetirementKind.FEATURE, feature, world.today):
        if finding.is_past:
            day = finding.retirement.retires
            yield Violation("sku.name", f"the Standard tier was retired on {day}; use 'premium'")


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
