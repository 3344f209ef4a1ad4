"""NCrontab expressions, as Azure ML's schedules and Azure Container Registry's timers take them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 29)
SYNTAX = Source("github.com/atifaziz/NCrontab NCrontab/CrontabFieldImpl.cs", _READ)
MACHINE_LEARNING = Source("Azure REST spec machinelearningservices, CronTrigger.expression", _READ)
"""`The expression should follow NCronTab format`, also of a compute instance's schedule."""
CONTAINER_REGISTRY = Source(
    "learn.microsoft.com container-registry/container-registry-tasks-scheduled", _READ
)
"""Five fields in UTC; no seconds, no year."""

_MONTHS = (
    *("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE"),
    *("JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"),
)
_WEEKDAYS = ("SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY")


@dataclass(frozen=True)
class _Field:
    name: str
    low: int
    high: int
    words: tuple[str, ...] = ()
    """For its numbers in order; the start of a word is enough."""


_DAY = _Field("day", 1, 31)
_MONTH = _Field("month", 1, 12, _MONTHS)
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _DAY,
    _MONTH,
    _Field("weekday", 0, 6, _WEEKDAYS),
)
_EXAMPLE = "give an expression such as '0 3 * * *' for 03:00 every day"


class _FieldError(ValueError):
    """What is wrong with one field."""


def ncron_problem(expression: str) -> str | None:
    """What is wrong with an expression of five fields (minute hour day month weekday), or None."""
    texts = [text for text in expression.split(" ") if text]
    if len(texts) != len(_FIELDS):
        return (
            f"'{expression}' has {len(texts)} fields; it takes 5 (minute hour day month weekday, no seconds and no "
            f"year as Quartz has): {_EXAMPLE}"
        )
    try:
        for text, field in zip(texts, _FIELDS, strict=True):
            for element in text.split(","):
                _check_element(element, field)
    except _FieldError as error:
        return f"'{expression}' {error}: {_EXAMPLE}"
    if not _comes(texts[2], texts[3]):
        return f"'{expression}' names a day that none of its months has, so it never comes: {_EXAMPLE}"
    return None


_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of the months, of February in a leap year."""


def _comes(days: str, months: str) -> bool:
    """Whether one of the days is in one of the months. Day and weekday both have to fit: the weekday saves nothing."""
    first = min(_numbers(days, _DAY))
    return any(first <= _LONGEST[month - 1] for month in _numbers(months, _MONTH))


def _numbers(text: str, field: _Field) -> set[int]:
    """The values of a checked field. A step after a single number runs to the field's end."""
    found: set[int] = set()
    for element in text.split(","):
        base, slash, step = element.partition("/")
        first, dash, last = base.partition("-")
        if base == "*":
            low, high = field.low, field.high
        else:
            low = _number(first, field)
            high = _number(last, field) if dash else field.high if slash else low
        found.update(range(min(low, high), max(low, high) + 1, max(int(step), 1) if slash else 1))
    return found


def _number(text: str, field: _Field) -> int:
    if text.isdigit():
        return int(text)
    return field.low + next(index for index, word in enumerate(field.words) if word.startswith(text.upper()))


def _check_element(element: str, field: _Field) -> None:
    """`*`, `a`, `a-b`, each with or without `/step`. A range may run backwards: NCrontab turns it round."""
    if not element:
        raise _FieldError(f"has nothing between commas as {field.name}")
    base, slash, step = element.partition("/")
    if slash and not re.fullmatch(r"[-+]?\d{1,9}", step):
        raise _FieldError(f"has a step '/' without a number as {field.name}")
    if base == "*":
        return
    first, dash, last = base.partition("-")
    _check_value(first, field)
    if dash:
        _check_value(last, field)


def _check_value(text: str, field: _Field) -> None:
    if re.fullmatch(r"\d{1,9}", text):
        if not field.low <= int(text) <= field.high:
            raise _FieldError(f"has {text} where {field.low} to {field.high} is possible ({field.name})")
    elif not text or not any(word.startswith(text.upper()) for word in field.words):
        raise _FieldError(f"has '{text}' as {field.name}, which is neither a number nor a name there")
