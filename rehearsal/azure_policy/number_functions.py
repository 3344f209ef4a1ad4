"""Template functions over numbers and dates, and comparisons.

Sources: `azure_facts.azure_policy.FUNCTIONS_SOURCE`; of `addDays`, `RULE_SOURCE`.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable

from rehearsal.azure_policy.arguments import Arguments, failed, items_in, shortened, text_in, whole
from rehearsal.azure_policy.comparison import text_of


def to_int(values: Arguments) -> object:
    """`int()`."""
    text = text_of(values[0])
    if re.fullmatch(r"\s*[+-]?\d{1,19}\s*", text) is None:
        raise failed(f"int() is given {shortened(text)!r}")
    return int(text)


def to_float(values: Arguments) -> object:
    """`float()`."""
    text = text_of(values[0])
    try:
        found = float(text)
    except ValueError:
        raise failed(f"float() is given {shortened(text)!r}") from None
    if not math.isfinite(found):
        raise failed(f"float() is given {shortened(text)!r}")
    return found


def ordered(name: str, holds: Callable[[int], bool]) -> Callable[[Arguments], object]:
    """`less()` and its like, of whole numbers or of texts."""

    def apply(values: Arguments) -> object:
        one, other = values
        if isinstance(one, str) and isinstance(other, str):
            return holds(_text_order(one, other))
        first, second = whole(one, name), whole(other, name)
        return holds((first > second) - (first < second))

    return apply


def _text_order(one: str, other: str) -> int:
    """As .NET's invariant culture orders letters and digits: alike but for case, the small letter is first."""
    mine, theirs = (one.casefold(), one.swapcase()), (other.casefold(), other.swapcase())
    return (mine > theirs) - (mine < theirs)


def extreme(name: str, chosen: Callable[[list[int]], int]) -> Callable[[Arguments], object]:
    """`min()` and `max()`, of arguments or of one list."""

    def apply(values: Arguments) -> object:
        given = values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)
        if not given:
            raise failed(f"{name}() is given nothing")
        return chosen([whole(value, name) for value in items_in(given)])

    return apply


def arithmetic(name: str, apply: Callable[[int, int], int]) -> Callable[[Arguments], object]:
    """`add()` and its like, of whole numbers."""

    def applied(values: Arguments) -> object:
        one, other = whole(values[0], name), whole(values[1], name)
        if name in ("div", "mod") and other == 0:
            raise failed(f"{name}() divides by 0")
        return apply(one, other)

    return applied


def truncated(one: int, other: int) -> int:
    """The quotient without its fraction."""
    whole = abs(one) // abs(other)
    return whole if (one < 0) == (other < 0) else -whole


def numbers_from(values: Arguments) -> object:
    """`range()`."""
    start, count = whole(values[0], "range"), whole(values[1], "range")
    if not 0 <= count <= 10_000:
        raise failed(f"range() is asked for {count} numbers")
    return list(range(start, start + count))


def add_days(values: Arguments) -> object:
    """`addDays()`, in the form in which `utcNow()` writes."""
    text, days = text_in(values[0], "addDays"), whole(values[1], "addDays")
    try:
        moment = datetime.datetime.fromisoformat(re.sub(r"\.\d+", "", text).replace("Z", "+00:00"))
        if moment.tzinfo is not None:
            moment = moment.astimezone(datetime.UTC)
        fraction = re.search(r"\.(\d{1,7})", text)
        shown = fraction[1].ljust(7, "0") if fraction else "0000000"
        return f"{moment + datetime.timedelta(days=days):%Y-%m-%dT%H:%M:%S}.{shown}Z"
    except (ValueError, OverflowError):
        raise failed(f"addDays() is given {shortened(text)!r} and {days}, which give no date") from None
