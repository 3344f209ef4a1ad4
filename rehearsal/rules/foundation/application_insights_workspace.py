"""Application Insights keeps its data in a Log Analytics workspace."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("workspaceResourceId") is None and not resource.is_unknown("workspaceResourceId"):
        yield Violation(
            "workspaceResourceId",
            "Azure makes a workspace of its own for it, in a group of its own, that nothing else can use; name one",
        )
    mode = resource.text("ingestionMode")
    if mode and mode != "LogAnalytics":
        yield Violation(
            "ingestionMode",
            f"'{mode}' belongs to classic Application Insights, retired on 2024-02-29; use 'LogAnalytics'",
        )


RULE = Rule(
    id="MON001",
    service="Application Insights",
    title="workspace-based only",
    applies_to=(tokens.APPLICATION_INSIGHTS,),
    status=0,
    code="",
    source="learn.microsoft.com azure/azure-monitor/app/managed-workspaces",
    check=_check,
    trips=Case((declare(tokens.APPLICATION_INSIGHTS, {"workspaceResourceId": REMOVE}),)),
    passes=Case((declare(tokens.APPLICATION_INSIGHTS),)),
    severity=Severity.WARNING,
)
