"""Schedules are Quartz expressions: what Quartz refuses, and what would never run."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import quartz
from azure_facts.quartz import QuartzGrade
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.quartz_places import QUARTZ_TYPES, quartz_problems
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    return quartz_problems(resource, QuartzGrade.REFUSED)


def _case(expression: str) -> Case:
    return Case(
        (declare(tokens.JOB, {"schedule": {"quartzCronExpression": expression, "timezoneId": "UTC"}}),)
    )


RULE = Rule(
    id="DBX008",
    service="Databricks schedule",
    title="schedules are Quartz expressions",
    applies_to=QUARTZ_TYPES,
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source=f"{quartz.REFUSAL}; {quartz.SYNTAX}",
    check=_check,
    trips=_case("30 2 * * *"),
    passes=_case("0 30 2 * * ?"),
)
