"""A schedule means what it says: Quartz drops parts of some expressions without a word."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import quartz
from azure_facts.quartz import QuartzGrade
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.quartz_places import QUARTZ_TYPES, quartz_problems
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    return quartz_problems(resource, QuartzGrade.MISREAD)


def _case(expression: str) -> Case:
    return Case(
        (declare(tokens.JOB, {"schedule": {"quartzCronExpression": expression, "timezoneId": "UTC"}}),)
    )


RULE = Rule(
    id="DBX164",
    service="Databricks schedule",
    title="schedules run when they say",
    applies_to=QUARTZ_TYPES,
    status=200,
    code="ScheduleMisread",
    source=str(quartz.SYNTAX),
    check=_check,
    trips=_case("0 30 2 ? * MON-FRI/2"),
    passes=_case("0 30 2 ? * 2-6/2"),
    severity=Severity.WARNING,
)
