"""Reading values at property paths, through the engine's proxies that raise where a value is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final


class _Missing:
    def __repr__(self) -> str:
        return "missing"


MISSING: Final = _Missing()
"""The value of a path that leads to nothing."""


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.replace("[]", ".[]").split("."))


def values(props: object, path: str) -> Iterator[tuple[str, object]]:
    """Every value at a path, with the concrete path: `a.b` is a property, `a[].b` one of each item, `a.*.b` one of each
    key. Yields `MISSING` once for each place that lacks the last property; nothing for lists and maps without
    items."""
    yield from _follow(props, _steps(path), "")


def _follow(value: object, steps: tuple[str, ...], at: str) -> Iterator[tuple[str, object]]:
    if not steps:
        yield at, value
        return
    step, rest = steps[0], steps[1:]
    if step == "[]":
        if isinstance(value, Sequence) and not isinstance(value, str):
            for index in range(len(value)):
                yield from _follow(value[index], rest, f"{at}[{index}]")
    elif step == "*":
        if isinstance(value, Mapping):
            for key in value:
                yield from _follow(value[key], rest, f"{at}.{key}" if at else str(key))
    else:
        yield from _property(value, step, rest, f"{at}.{step}" if at else step)


def _property(value: object, step: str, rest: tuple[str, ...], at: str) -> Iterator[tuple[str, object]]:
    found: object = MISSING
    if isinstance(value, Mapping):
        try:
            found = value[step]
        except KeyError:
            found = MISSING
    if found is MISSING and "[]" in rest:
        return
    if found is MISSING:
        yield ".".join((at, *rest)), MISSING
    else:
        yield from _follow(found, rest, at)


def texts(value: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text below a value, with its path. Unknown values are left out: they are no text yet."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for key in value:
            yield from texts(_known(value, key), f"{at}.{key}" if at else str(key))
    elif isinstance(value, Sequence):
        for index in range(len(value)):
            yield from texts(_known(value, index), f"{at}[{index}]")


def _known(container: Mapping[str, object] | Sequence[object], key: object) -> object:
    from pulumi_policy.proxy import UnknownValueError

    try:
        return container[key]  # pyright: ignore[reportArgumentType, reportCallIssue] - the key is one of its own
    except UnknownValueError:
        return None
