"""Quartz cron expressions, as Databricks' schedules take them."""

from __future__ import annotations

import re
from dataclasses import dataclass

EXAMPLE = "for example '0 0 3 * * ?' for 03:00 every day"

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class _Field:
    """Lowest and highest number of a field, the words for them in order, and what else it knows."""

    name: str
    low: int
    high: int
    words: tuple[str, ...] = ()
    special: str = ""
    """Pattern of elements of this field alone; `{value}` stands for a number or word."""


_FIELDS = (
    _Field("seconds", 0, 59),
    _Field("minutes", 0, 59),
    _Field("hours", 0, 23),
    _Field("day-of-month", 1, 31, special=r"L|LW|WL|L-(?P<offset>\d+)W?|(?P<value>\d+)W"),
    _Field("month", 1, 12, _MONTHS),
    _Field("day-of-week", 1, 7, _DAYS, special=r"L|(?P<value>[A-Z]{3}|\d)(?:L|#(?P<nth>[1-5]))"),
    _Field("year", 1970, 2099),
)
"""Quartz CronTrigger tutorial and CronExpression reference: seven fields, the last one optional."""


class _FieldError(ValueError):
    """What is wrong with one field."""


def quartz_problem(expression: str) -> str | None:
    """What is wrong with a Quartz cron expression, or None.

    Quartz has 6 or 7 fields and wants `?` in exactly one of day-of-month and day-of-week
    (Quartz CronTrigger tutorial); a five-field Unix expression is the usual mistake.
    """
    texts = expression.upper().split()
    if len(texts) not in (6, 7):
        return f"'{expression}' has {len(texts)} fields; Quartz takes 6 or 7, seconds first: {EXAMPLE}"
    if re.search(r"\d{5}", expression):
        return f"has a number of more than four digits, which Quartz does not know: {EXAMPLE}"
    if not all(re.fullmatch(r"[0-9A-Z*?/,\-#]+", text) for text in texts):
        return f"'{expression}' has a character that Quartz does not know: {EXAMPLE}"
    if (texts[3] == "?") == (texts[5] == "?"):
        return f"'{expression}' needs '?' in exactly one of day-of-month and day-of-week: {EXAMPLE}"
    try:
        values = [_parse(text, field) for text, field in zip(texts, _FIELDS, strict=False)]
    except _FieldError as error:
        return f"'{expression}' {error}: {EXAMPLE}"
    days, months = values[3], values[4]
    if days and not any(day <= _LONGEST_MONTHS[month - 1] for day in days for month in months):
        return f"'{expression}' names a day that none of its months has, so it never runs: {EXAMPLE}"
    return None


def _parse(text: str, field: _Field) -> frozenset[int]:
    """The numbers that a field means, empty where a special element leaves them to the calendar."""
    elements = text.split(",")
    values: set[int] = set()
    for element in elements:
        if field.special and (found := re.fullmatch(field.special, element)):
            if len(elements) > 1:
                raise _FieldError(f"has '{element}' in a list as {field.name}, which Quartz takes alone only")
            groups = found.groupdict()
            if groups.get("value"):
                _number(groups["value"], field)
            if groups.get("offset") and int(groups["offset"]) > 30:
                raise _FieldError(f"has '{element}' as {field.name}; at most 30 days before the last")
            return frozenset()
        if element == "?":
            if len(elements) > 1 or field.name not in ("day-of-month", "day-of-week"):
                raise _FieldError(f"has '?' as {field.name}; it stands alone, and for one of the days only")
            return frozenset()
        values |= _range(element, field)
    return frozenset(values)


def _range(element: str, field: _Field) -> set[int]:
    """`*`, `a`, `a-b`, each with or without `/step`; a range may run over the end (`FRI-MON`), but for years."""
    base, slash, step_text = element.partition("/")
    if slash and (not step_text.isdigit() or int(step_text) == 0):
        raise _FieldError(f"has a step '/' without a number above 0 as {field.name}")
    step = int(step_text) if slash else 1
    span = field.high - field.low + 1
    if step > max(span, field.high):
        raise _FieldError(f"has the step {step} as {field.name}, where {field.high} is the most")
    if base in ("*", ""):
        if not base and not slash:
            raise _FieldError(f"has nothing between commas as {field.name}")
        return set(range(field.low, field.high + 1, step))
    first_text, dash, last_text = base.partition("-")
    first = _number(first_text, field)
    if not dash:
        return set(range(first, field.high + 1, step)) if slash else {first}
    last = _number(last_text, field)
    if last < first:
        if field.name == "year":
            raise _FieldError(f"has the years {first} to {last}, which run backwards")
        last += span
    return {(number - field.low) % span + field.low for number in range(first, last + 1, step)}


def _number(text: str, field: _Field) -> int:
    if text in field.words:
        return field.words.index(text) + field.low
    if not text.isdigit():
        raise _FieldError(f"has '{text}' as {field.name}, which Quartz does not know there")
    number = int(text)
    if not field.low <= number <= field.high:
        raise _FieldError(f"has {text} where {field.low} to {field.high} is possible ({field.name})")
    return number
