"""A schedule names numbers that exist, and a day that one of its months has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_BOUNDS = (
    ("seconds", 0, 59),
    ("minutes", 0, 59),
    ("hours", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    ("day of week", 1, 7),
    ("year", 1970, 2099),
)
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_PLACE = "schedule.quartzCronExpression"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    fields = resource.text(_PLACE).upper().split()
    if len(fields) not in (6, 7):
        return
    for text, (name, low, high) in zip(fields, _BOUNDS, strict=False):
        # `#`, `L` and `W` count something else, and so does what follows a `/`.
        for number in re.findall(r"(?<![\d#/LW-])(\d+)(?![\d#LW])", text):
            if not low <= int(number) <= high:
                yield Violation(_PLACE, f"has {number} as {name}; it must be {low} to {high}")
                return
    days, months = _numbers(fields[3]), _numbers(fields[4])
    if days and months and not any(day <= _LONGEST_MONTHS[month - 1] for day in days for month in months):
        yield Violation(
            _PLACE, "names a day that none of its months has, so it never runs; correct the day or month"
        )


def _numbers(text: str) -> list[int]:
    """The numbers of a plain list; nothing of anything else."""
    words = [str(_MONTHS.index(word) + 1) if word in _MONTHS else word for word in text.split(",")]
    return [int(word) for word in words] if all(word.isdigit() for word in words) else []


def _case(expression: str) -> Case:
    return Case(
        (declare(tokens.JOB, {"schedule": {"quartzCronExpression": expression, "timezoneId": "UTC"}}),)
    )


RULE = Rule(
    id="DBX158",
    service="Databricks job",
    title="schedules name dates that exist",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="www.quartz-scheduler.org CronTrigger and CronExpression",
    check=_check,
    trips=_case("0 30 2 30 FEB ?"),
    passes=_case("0 30/15 2 29 FEB,APR ? 2028"),
)
