"""Template functions that a policy rule may use, over values that are known.

`field`, `parameters`, `current`, `if` and others that look at the situation or leave arguments alone are in
`expressions`. Sources: `azure_facts.azure_policy.FUNCTIONS_SOURCE`, and `RULE_SOURCE` for those of policy. A function
that is in neither table is a doubt with its name; so are `format` with .NET's own forms, `guid` and `uniqueString`:
policies may use them, but no page gives their algorithms.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from rehearsal.azure_policy import number_functions as numbers
from rehearsal.azure_policy import text_functions as texts
from rehearsal.azure_policy.address_ranges import range_contains
from rehearsal.azure_policy.arguments import (
    Arguments,
    described,
    exact,
    failed,
    key_in,
    shortened,
    text_in,
    whole,
)
from rehearsal.azure_policy.comparison import contained, text_of
from rehearsal.azure_policy.verdict import DoubtError
from rehearsal.model.values import has_unknown


@dataclass(frozen=True)
class Function:
    """`least` and `most` are how many arguments it takes; no `most` is any number."""

    apply: Callable[[Arguments], object]
    least: int
    most: int | None


def _concat(values: Arguments) -> object:
    if all(isinstance(value, list) for value in values):
        return [item for value in values if isinstance(value, list) for item in value]
    if any(isinstance(value, list | Mapping) for value in values):
        raise failed("concat() is given texts and lists together")
    return "".join(text_of(value) for value in values)


def _length(values: Arguments) -> object:
    value = values[0]
    if isinstance(value, str | list | Mapping):
        return len(value)
    raise failed(f"length() is given {described(value)}")


def _contains(values: Arguments) -> object:
    container, item = values
    if isinstance(container, str):
        return text_of(item) in container
    if isinstance(container, Mapping):
        return key_in(container, text_of(item)) is not None
    if isinstance(container, list):
        return contained(item, container, exact)
    raise failed(f"contains() is given {described(container)}")


def _empty(values: Arguments) -> object:
    value = values[0]
    if value is None:
        return True
    if isinstance(value, str | list | Mapping):
        return not value
    raise failed(f"empty() is given {described(value)}")


def _end(name: str, index: int) -> Callable[[Arguments], object]:
    def apply(values: Arguments) -> object:
        value = values[0]
        if isinstance(value, str):
            return value[index:][:1] if value else ""
        if isinstance(value, list):
            return value[index] if value else None
        raise failed(f"{name}() is given {described(value)}")

    return apply


def _take(values: Arguments) -> object:
    value, count = values[0], max(whole(values[1], "take"), 0)
    if isinstance(value, str | list):
        return value[:count]
    raise failed(f"take() is given {described(value)}")


def _skip(values: Arguments) -> object:
    value, count = values[0], max(whole(values[1], "skip"), 0)
    if isinstance(value, str | list):
        return value[count:]
    raise failed(f"skip() is given {described(value)}")


def _union(values: Arguments) -> object:
    if all(isinstance(value, list) for value in values):
        found: list[object] = []
        for item in (item for value in values if isinstance(value, list) for item in value):
            if not contained(item, found, exact):
                found.append(item)
        return found
    merged: Mapping[str, object] = {}
    for value in values:
        if not isinstance(value, Mapping):
            raise failed("union() is given lists and objects together")
        merged = _merged(merged, value)
    return merged


def _merged(one: Mapping[str, object], other: Mapping[str, object]) -> Mapping[str, object]:
    found = dict(one)
    for key, item in other.items():
        before = found.get(key)
        if isinstance(before, Mapping) and isinstance(item, Mapping):
            found[key] = _merged(before, item)
        else:
            found[key] = item
    return found


def _intersection(values: Arguments) -> object:
    first, *rest = values
    if isinstance(first, list) and all(isinstance(value, list) for value in rest):
        return [
            item
            for item in first
            if all(contained(item, value, exact) for value in rest if isinstance(value, list))
        ]
    if isinstance(first, Mapping):
        return {key: item for key, item in first.items() if all(_has(value, key, item) for value in rest)}
    raise failed("intersection() is given lists and objects together")


def _has(values: object, key: str, item: object) -> bool:
    if not isinstance(values, Mapping):
        raise failed(f"intersection() is given an object and {described(values)}")
    return key in values and exact(values[key], item)


def _create_object(values: Arguments) -> object:
    if len(values) % 2:
        raise failed("createObject() is given a key without a value")
    return {text_of(key): value for key, value in zip(values[::2], values[1::2], strict=True)}


def _items(values: Arguments) -> object:
    value = values[0]
    if not isinstance(value, Mapping):
        raise failed(f"items() is given {described(value)}")
    return [{"key": key, "value": value[key]} for key in sorted(value)]


def _json(values: Arguments) -> object:
    text = text_in(values[0], "json")
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        # The page of base64ToJson reads {'one': 'a'} too, and says nothing of what else Azure takes.
        raise DoubtError(f"json() is given {shortened(text)!r}, which is no strict JSON") from error
    return found


def _string(values: Arguments) -> object:
    value = values[0]
    if isinstance(value, Mapping | list):
        if has_unknown(value):
            raise DoubtError("a part of the value is known only after the deployment")
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return {True: "True", False: "False"}[value] if isinstance(value, bool) else text_of(value)


def _bool(values: Arguments) -> object:
    value = text_of(values[0]).lower()
    if value not in ("true", "false", "0", "1"):
        raise failed(f"bool() is given {value!r}")
    return value in ("true", "1")


def _array(values: Arguments) -> object:
    return values[0] if isinstance(values[0], list) else [values[0]]


def _table() -> Iterator[tuple[str, Callable[[Arguments], object], int, int | None]]:
    """Name, function, least and most arguments."""
    yield "addDays", numbers.add_days, 2, 2
    yield "array", _array, 1, 1
    yield "base64", lambda v: base64.b64encode(text_in(v[0], "base64").encode()).decode(), 1, 1
    yield "base64ToJson", lambda v: _json((texts.from_base64(v),)), 1, 1
    yield "base64ToString", texts.from_base64, 1, 1
    yield "bool", _bool, 1, 1
    yield "concat", _concat, 1, None
    yield "contains", _contains, 2, 2
    yield "createArray", lambda v: list(v), 0, None
    yield "createObject", _create_object, 0, None
    yield "empty", _empty, 1, 1
    yield "endsWith", texts.ends, 2, 2
    yield "equals", lambda v: exact(*v), 2, 2
    yield "false", lambda _: False, 0, 0
    yield "first", _end("first", 0), 1, 1
    yield "float", numbers.to_float, 1, 1
    yield "format", texts.put_in, 1, None
    yield "greater", numbers.ordered("greater", lambda order: order > 0), 2, 2
    yield "greaterOrEquals", numbers.ordered("greaterOrEquals", lambda order: order >= 0), 2, 2
    yield "indexOf", texts.index_of, 2, 2
    yield "int", numbers.to_int, 1, 1
    yield "intersection", _intersection, 2, None
    yield "ipRangeContains", lambda v: range_contains(text_in(v[0], "ipRangeContains"), v[1]), 2, 2
    yield "items", _items, 1, 1
    yield "join", texts.join, 2, 2
    yield "json", _json, 1, 1
    yield "last", _end("last", -1), 1, 1
    yield "lastIndexOf", texts.last_index_of, 2, 2
    yield "length", _length, 1, 1
    yield "less", numbers.ordered("less", lambda order: order < 0), 2, 2
    yield "lessOrEquals", numbers.ordered("lessOrEquals", lambda order: order <= 0), 2, 2
    yield "max", numbers.extreme("max", max), 1, None
    yield "min", numbers.extreme("min", min), 1, None
    yield "add", numbers.arithmetic("add", lambda one, other: one + other), 2, 2
    yield "div", numbers.arithmetic("div", numbers.truncated), 2, 2
    yield (
        "mod",
        numbers.arithmetic("mod", lambda one, other: one - other * numbers.truncated(one, other)),
        2,
        2,
    )
    yield "mul", numbers.arithmetic("mul", lambda one, other: one * other), 2, 2
    yield "sub", numbers.arithmetic("sub", lambda one, other: one - other), 2, 2
    yield "not", lambda v: not _bool(v), 1, 1
    yield "null", lambda _: None, 0, 0
    yield "padLeft", texts.pad_left, 2, 3
    yield "range", numbers.numbers_from, 2, 2
    yield "replace", texts.replace, 3, 3
    yield "skip", _skip, 2, 2
    yield "split", texts.split, 2, 2
    yield "startsWith", texts.starts, 2, 2
    yield "string", _string, 1, 1
    yield "substring", texts.substring, 2, 3
    yield "take", _take, 2, 2
    yield "toLower", lambda v: text_in(v[0], "toLower").lower(), 1, 1
    yield "toUpper", lambda v: text_in(v[0], "toUpper").upper(), 1, 1
    yield "trim", lambda v: text_in(v[0], "trim").strip(), 1, 1
    yield "true", lambda _: True, 0, 0
    yield "union", _union, 1, None


FUNCTIONS: Mapping[str, Function] = {
    name.lower(): Function(apply, least, most) for name, apply, least, most in _table()
}
"""By name in lower case: Azure's own definitions write `tolower` and `resourcegroup` too."""
