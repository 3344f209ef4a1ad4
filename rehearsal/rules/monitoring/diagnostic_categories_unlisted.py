"""A category of logs that no list has is newer than the lists, or refused."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.log_categories import SOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.monitoring.diagnostic_categories import DIAGNOSTIC_SETTING, category_case, log_problems
from rehearsal.rules.rule import Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for path, problem in log_problems(resource):
        if not problem.sure:
            yield Violation(path, f"{problem.message}, unless it is newer than the lists")


RULE = Rule(
    id="MON300",
    service="Azure Monitor diagnostic setting",
    title="a category of logs that some list has",
    applies_to=(DIAGNOSTIC_SETTING,),
    status=0,
    code="",
    source=str(SOURCE),
    check=_check,
    trips=category_case("AmlQuantumEvents"),
    passes=category_case("AmlRunStatusChangedEvent"),
    severity=Severity.WARNING,
)
