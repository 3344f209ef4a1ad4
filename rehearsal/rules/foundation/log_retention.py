"""Logs are kept for between 30 and 730 days."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    days, sku = resource.value("retentionInDays"), resource.text("sku.name")
    if isinstance(days, int) and sku.lower() != "free" and not 30 <= days <= 730:
        yield Violation("retentionInDays", f"{days} must be from 30 to 730 in tier '{sku or 'PerGB2018'}'")


RULE = Rule(
    id="MON002",
    service="Log Analytics",
    title="retention of 30 to 730 days",
    applies_to=(tokens.LOG_ANALYTICS,),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/azure-monitor/logs/data-retention-configure",
    check=_check,
    trips=Case((declare(tokens.LOG_ANALYTICS, {"retentionInDays": 14}),)),
    passes=Case((declare(tokens.LOG_ANALYTICS, {"retentionInDays": 730}),)),
)
