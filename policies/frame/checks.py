"""The checks that many rules share. Each is a function that makes one; what they yield is a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from policies.frame.judged import Judged
from policies.frame.paths import MISSING, values
from policies.frame.rule import Check

_DURATION = re.compile(
    r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?"
)


def must_be(path: str, *allowed: str | bool | int, omitted: bool = False) -> Check:
    """Every value at the path is one of `allowed` (texts in any case); absent is fine only with `omitted`."""
    right = " or ".join(_shown(value) for value in allowed)
    folded = {_folded(value) for value in allowed}

    def check(judged: Judged) -> Iterator[str]:
        for at, value in values(judged.props, path):
            if value is MISSING:
                if not omitted:
                    yield f"{at} is not set: it must be {right}"
            elif _folded(value) not in folded:
                yield f"{at} is {_shown(value)}: it must be {right}"

    return check


def must_not_be(path: str, *denied: str | bool | int) -> Check:
    """No value at the path is one of `denied`; absent is fine."""
    folded = {_folded(value) for value in denied}

    def check(judged: Judged) -> Iterator[str]:
        for at, value in values(judged.props, path):
            if value is not MISSING and _folded(value) in folded:
                yield f"{at} is {_shown(value)}, which is not allowed here"

    return check


def must_have(path: str) -> Check:
    """Every value at the path is there and not empty."""

    def check(judged: Judged) -> Iterator[str]:
        for at, value in values(judged.props, path):
            if (
                value is MISSING
                or value is None
                or (not isinstance(value, bool | int | float) and not _length(value))
            ):
                yield f"{at} is not set"

    return check


def must_lack(path: str) -> Check:
    """The path has no value, or an empty one."""

    def check(judged: Judged) -> Iterator[str]:
        for at, value in values(judged.props, path):
            if value is not MISSING and (isinstance(value, bool | int | float) or _length(value)):
                yield f"{at} is set: leave it out"

    return check


def at_most(path: str, threshold: str, *, omitted: bool = False, unit: str = "") -> Check:
    """Every number (or ISO 8601 duration, in minutes) at the path is at most the threshold. 0 counts as 'never' where
    the threshold's unit is minutes, so it is a violation."""
    return _bounded(
        path, threshold, lambda value, limit: value <= limit, "at most", omitted=omitted, unit=unit
    )


def at_least(path: str, threshold: str, *, omitted: bool = False, unit: str = "") -> Check:
    """Every number at the path is at least the threshold."""
    return _bounded(
        path, threshold, lambda value, limit: value >= limit, "at least", omitted=omitted, unit=unit
    )


def all_of(*checks: Check) -> Check:
    """What any of the checks says."""

    def check(judged: Judged) -> Iterator[str]:
        for one in checks:
            yield from one(judged)

    return check


def where(path: str, value: str | bool, check: Check) -> Check:  # noqa: FBT001 - the value that is asked for
    """The check, but only for resources with this value at the path."""

    def checked(judged: Judged) -> Iterator[str]:
        if _folded(judged.value(path)) == _folded(value):
            yield from check(judged)

    return checked


def unless(path: str, value: str | bool, check: Check) -> Check:  # noqa: FBT001 - the value that is excepted
    """The check, but not for resources with this value at the path."""

    def checked(judged: Judged) -> Iterator[str]:
        if _folded(judged.value(path)) != _folded(value):
            yield from check(judged)

    return checked


def number(value: object) -> float | None:
    """A number, or an ISO 8601 duration as minutes; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        found = _DURATION.fullmatch(value)
        if found and len(value) > 1:
            parts = {name: int(part or 0) for name, part in found.groupdict().items()}
            return parts["days"] * 1440 + parts["hours"] * 60 + parts["minutes"] + parts["seconds"] / 60
        if re.fullmatch(r"\d+(\.\d+)?", value):
            return float(value)
    return None


def _bounded(
    path: str,
    threshold: str,
    fits: Callable[[float, int], bool],
    words: str,
    *,
    omitted: bool,
    unit: str,
) -> Check:
    suffix = f" {unit}" if unit else ""

    def check(judged: Judged) -> Iterator[str]:
        limit = judged.limit(threshold)
        for at, value in values(judged.props, path):
            if value is MISSING:
                if not omitted:
                    yield f"{at} is not set: it must be {words} {limit}{suffix}"
                continue
            found = number(value)
            never = unit == "minutes" and found == 0 and words == "at most"
            if found is None or never or not fits(found, limit):
                meaning = ", which means never" if never else ""
                yield f"{at} is {_shown(value)}{meaning}: it must be {words} {limit}{suffix}"

    return check


def _length(value: object) -> int:
    return len(value) if hasattr(value, "__len__") else 1  # pyright: ignore[reportArgumentType] - just asked


def _folded(value: object) -> object:
    if isinstance(value, str):
        return value.lower()
    if isinstance(value, bool):
        return str(value).lower()
    return value


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}"
    return f"'{value}'" if isinstance(value, str) else f"{value}"
