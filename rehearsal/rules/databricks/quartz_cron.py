"""Schedules are Quartz expressions: seconds first, and a question mark for one of the two days."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    text = resource.text("schedule.quartzCronExpression")
    fields = text.split()
    if text and (len(fields) not in (6, 7) or (fields[3] == "?") == (fields[5] == "?")):
        yield Violation(
            "schedule.quartzCronExpression",
            f"'{text}' must have 6 or 7 fields (seconds minutes hours day-of-month month "
            "day-of-week [year]) with '?' in "
            "exactly one of the two day fields, such as '0 30 2 * * ?'",
        )


def _case(expression: str) -> Case:
    return Case(
        (declare(tokens.JOB, {"schedule": {"quartzCronExpression": expression, "timezoneId": "UTC"}}),)
    )


RULE = Rule(
    id="DBX008",
    service="Databricks job",
    title="schedules are Quartz expressions",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="docs.databricks.com api/workspace/jobs/create (schedule); www.quartz-scheduler.org CronTrigger",
    check=_check,
    trips=_case("30 2 * * *"),
    passes=_case("0 30 2 * * ?"),
)
