"""Quartz cron expressions, as Databricks' schedules take them.

Quartz reads an expression leniently: some of what its documentation forbids it takes, and means something else. So a
problem has a grade. Grades were tried on Quartz 2.3.2; tests/azure_facts/test_quartz.py has the table.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import Enum

from azure_facts.source import Source

SYNTAX = Source("www.quartz-scheduler.org quartz-2.3.0 tutorials/crontrigger", datetime.date(2026, 11, 29))
REFUSAL = Source("github.com/MicrosoftDocs/azure-docs/issues/44131", datetime.date(2026, 11, 29))
"""`INVALID_PARAMETER_VALUE: Invalid quartz_cron_expression`: what the Databricks API answers."""
NEVER_FIRES = Source(
    "github.com/quartz-scheduler/quartz quartz/src/main/java/org/quartz/core/QuartzScheduler.java",
    datetime.date(2026, 11, 29),
)
"""Scheduling a trigger without a first time fails with `the given trigger will never fire`."""
_EXAMPLE = "give an expression such as '0 0 3 * * ?' for 03:00 every day"

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class QuartzGrade(Enum):
    """What Quartz does with an expression that has a problem."""

    REFUSED = "refused"
    NEVER_FIRES = "never fires"
    MISREAD = "misread"
    """Taken, and read otherwise than written."""


@dataclass(frozen=True)
class QuartzProblem:
    """`text` continues a sentence that starts with the expression's place."""

    grade: QuartzGrade
    text: str


@dataclass(frozen=True)
class _Field:
    """Lowest and highest number of a field, and the words for its numbers in order."""

    name: str
    low: int
    high: int
    words: tuple[str, ...] = ()


_DAY_OF_MONTH = _Field("day-of-month", 1, 31)
_DAY_OF_WEEK = _Field("day-of-week", 1, 7, _WEEKDAYS)
_YEAR = _Field("year", 1970, 2199)
_FIELDS = (
    _Field("seconds", 0, 59),
    _Field("minutes", 0, 59),
    _Field("hours", 0, 23),
    _DAY_OF_MONTH,
    _Field("month", 1, 12, _MONTHS),
    _DAY_OF_WEEK,
    _YEAR,
)


class _FieldError(ValueError):
    def __init__(self, text: str, grade: QuartzGrade = QuartzGrade.REFUSED) -> None:
        super().__init__(text)
        self.grade = grade


def quartz_problem(expression: str) -> QuartzProblem | None:
    """What is wrong with a Quartz cron expression, or None."""
    texts = re.findall(r"[^ \t]+", expression.upper())
    if len(texts) not in (6, 7):
        return _problem(
            QuartzGrade.REFUSED,
            f"'{expression}' has {len(texts)} fields; Quartz takes 6 or 7, seconds first",
        )
    if re.search(r"\d{10}", expression):
        return _problem(
            QuartzGrade.REFUSED, "has a number of more than nine digits, which Quartz does not know"
        )
    if ("?" in texts[3]) == ("?" in texts[5]):
        return _problem(
            QuartzGrade.REFUSED, f"'{expression}' needs '?' in exactly one of day-of-month and day-of-week"
        )
    try:
        values = [_parse(text, field) for text, field in zip(texts, _FIELDS, strict=False)]
    except _FieldError as error:
        return _problem(error.grade, f"'{expression}' {error}")
    days, months = values[3], values[4]
    if days and not any(day <= _LONGEST_MONTHS[month - 1] for day in days for month in months):
        return _problem(
            QuartzGrade.NEVER_FIRES,
            f"'{expression}' names a day that none of its months has, so it never runs",
        )
    return None


def _problem(grade: QuartzGrade, text: str) -> QuartzProblem:
    return QuartzProblem(grade, f"{text}: {_EXAMPLE}")


def _parse(text: str, field: _Field) -> frozenset[int]:
    """The numbers that a field means; none where the calendar decides (`?`, L, W and #)."""
    # Quartz's tokenizer drops what is empty between commas.
    elements = [element for element in text.split(",") if element]
    if not elements:
        raise _FieldError(f"has no value as {field.name}")
    calendar = [element for element in elements if _is_calendar(element, field)]
    if calendar and len(elements) > 1:
        element = calendar[0]
        # Quartz refuses a list with L, and applies W, # and ? of one element to all.
        refused = "L" in element or sum("#" in other for other in elements) > 1
        grade = QuartzGrade.REFUSED if refused else QuartzGrade.MISREAD
        raise _FieldError(f"has '{element}' in a list as {field.name}, which Quartz takes alone only", grade)
    if calendar:
        return frozenset()
    return frozenset(number for element in elements for number in _range(element, field))


def _is_calendar(element: str, field: _Field) -> bool:
    """Whether an element is one of those that a number set does not express. Raises for a wrong one."""
    if field is _DAY_OF_MONTH:
        return _is_day_of_month(element)
    if field is _DAY_OF_WEEK:
        return _is_day_of_week(element)
    if element.startswith(("?", "L")):
        raise _FieldError(f"has '{element}' as {field.name}; it is for day-of-month and day-of-week only")
    return False


def _is_day_of_month(element: str) -> bool:
    if element in ("?", "L", "LW"):
        return True
    if found := re.fullmatch(r"L-(\d+)W?", element):
        if int(found[1]) > 30:
            raise _FieldError(f"has '{element}' as day-of-month; at most 30 days before the last")
        return True
    if element == "L-W":
        raise _misread(element, _DAY_OF_MONTH)
    if found := re.fullmatch(r"(\d+)W", element):
        day = int(found[1])
        if day == 0:
            raise _FieldError("has day-of-month 0, which never comes", QuartzGrade.NEVER_FIRES)
        _bounded(day, _DAY_OF_MONTH)
        return True
    return False


def _is_day_of_week(element: str) -> bool:
    if element in ("?", "L"):
        return True
    if found := re.fullmatch(r"([A-Z]{3}|\d+)L", element):
        _number(found[1], _DAY_OF_WEEK)
        return True
    if found := re.fullmatch(r"([A-Z]{3}|\d+)#(.*)", element):
        if found[2] not in ("1", "2", "3", "4", "5"):
            raise _FieldError(f"has '{element}' as day-of-week; 1 to 5 must follow the '#'")
        try:
            _number(found[1], _DAY_OF_WEEK)
        except _FieldError as error:
            # Quartz does not look at the number before the '#'.
            grade = QuartzGrade.MISREAD if found[1].isdigit() else error.grade
            raise _FieldError(str(error), grade) from error
        return True
    return False


def _range(element: str, field: _Field) -> frozenset[int]:
    """`*`, `a`, `a-b`, each with or without `/step`; a range may run over the end (`FRI-MON`), but for years."""
    if found := re.fullmatch(r"\*?/(\d+)|\*", element):
        return frozenset(range(field.low, field.high + 1, _step(found[1], field)))
    if found := re.fullmatch(r"(\d+)(?:/(\d+))?", element):
        first, last = _number(found[1], field), field.high
        return frozenset(range(first, last + 1, _step(found[2], field))) if found[2] else frozenset({first})
    if found := re.fullmatch(r"(\d+)-(\d+)(?:/(\d+))?", element):
        # Quartz compares the step of a range with nothing.
        step = int(found[3] or "1")
        return _between(_number(found[1], field), _number(found[2], field), max(step, 1), field)
    if field.words and (found := re.fullmatch(r"([A-Z]{3})(?:-([A-Z]{3}))?", element)):
        first = _number(found[1], field)
        return _between(first, _number(found[2] or found[1], field), 1, field)
    raise _unknown(element, field)


def _unknown(element: str, field: _Field) -> _FieldError:
    """Quartz reads the start of some elements and drops the rest: the day of MONDAY, the 5 of 5X, the * of *5."""
    word = element[:3] if field.words else ""
    starts_with_word = word in field.words and not re.fullmatch(r"[A-Z]{3}-.*", element)
    goes_on = re.fullmatch(r"\d+[A-KM-VX-Z].*|\d+-\d+[A-Z].*|\*[^/].*|\?.", element)
    if starts_with_word or re.fullmatch(r"[A-Z]{3}-[A-Z]{3}.+", element) or goes_on:
        return _misread(element, field)
    return _FieldError(f"has '{element}' as {field.name}, which Quartz does not know there")


def _misread(element: str, field: _Field) -> _FieldError:
    return _FieldError(
        f"has '{element}' as {field.name}, of which Quartz reads the start only", QuartzGrade.MISREAD
    )


def _between(first: int, last: int, step: int, field: _Field) -> frozenset[int]:
    span = field.high - field.low + 1
    if last < first:
        if field is _YEAR:
            raise _FieldError(f"has the years {first} to {last}, which run backwards")
        last += span
    return frozenset((number - field.low) % span + field.low for number in range(first, last + 1, step))


def _step(text: str | None, field: _Field) -> int:
    if text is None:
        return 1
    step = int(text)
    if step > field.high:
        raise _FieldError(f"has the step {step} as {field.name}, where {field.high} is the most")
    if step == 0:
        raise _FieldError(f"has the step 0 as {field.name}, which Quartz ignores", QuartzGrade.MISREAD)
    return step


def _number(text: str, field: _Field) -> int:
    if text in field.words:
        return field.words.index(text) + field.low
    if not text.isdigit():
        raise _FieldError(f"has '{text}' as {field.name}, which Quartz does not know there")
    return _bounded(int(text), field)


def _bounded(number: int, field: _Field) -> int:
    if not field.low <= number <= field.high:
        # Quartz takes any year and then finds no time in it.
        grade = QuartzGrade.NEVER_FIRES if field is _YEAR else QuartzGrade.REFUSED
        raise _FieldError(f"has {number} where {field.low} to {field.high} is possible ({field.name})", grade)
    return number
