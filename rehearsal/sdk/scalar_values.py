"""Which plain values a string, integer, number, boolean or asset takes, and how a message shows a value."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TypeGuard

import pulumi

from rehearsal.sdk.property_types import Scalar

_INTEGER_TEXT = re.compile(r"[+-]?\d+")
_NUMBER_TEXT = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
# What Go's strconv.ParseBool reads.
_TRUE_TEXTS = frozenset({"1", "t", "T", "true", "TRUE", "True"})
_FALSE_TEXTS = frozenset({"0", "f", "F", "false", "FALSE", "False"})

# An asset or archive on the wire, its signature left out (pulumi 3.272 `pulumi/runtime/rpc.py`).
_ASSET_KEYS = frozenset({"path", "text", "uri", "assets"})

_SHOWN_CHARACTERS = 60


def fits(scalar: Scalar, value: object, *, coerces: bool) -> bool:
    """Whether the scalar takes the value; with `coerces`, also what a bridged provider converts to it."""
    match scalar:
        case Scalar.ANY:
            return True
        case Scalar.STRING:
            return isinstance(value, str) or (coerces and isinstance(value, (bool, int, float)))
        case Scalar.INTEGER:
            if isinstance(value, str):
                return coerces and _INTEGER_TEXT.fullmatch(value) is not None
            return _is_number(value) and float(value).is_integer()
        case Scalar.NUMBER:
            if isinstance(value, str):
                return coerces and _NUMBER_TEXT.fullmatch(value) is not None
            return _is_number(value)
        case Scalar.BOOLEAN:
            return isinstance(value, bool) or (coerces and value in _TRUE_TEXTS | _FALSE_TEXTS)
        case Scalar.ASSET:
            return isinstance(value, (pulumi.Asset, pulumi.Archive)) or _is_wire_asset(value)


def corrected(scalar: Scalar, value: object) -> str | None:
    """The literal to write instead of a value of the wrong type, where the value says which: 3 for "3"."""
    if not fits(scalar, value, coerces=True):
        return None
    value = _whole_as_integer(value)
    if scalar is Scalar.STRING:
        return json.dumps(value if isinstance(value, str) else json.dumps(value))
    if scalar is Scalar.BOOLEAN:
        return "true" if value in _TRUE_TEXTS else "false"
    return str(value)


def shown(value: object, *, is_secret: bool) -> str:
    """The value's kind and, unless it is secret, the value: `the string "abc"`, `a list`."""
    match value:
        case bool():
            kind = "boolean"
        case str():
            kind = "string"
        case int() | float():
            kind = "number"
        case Mapping():
            return "an object"
        case list() | tuple():
            return "a list"
        case _:
            return f"a {type(value).__name__}"
    if is_secret:
        return f"a secret {kind}"
    text = json.dumps(_whole_as_integer(value), ensure_ascii=False)
    return f"the {kind} {text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + '…'}"


def _whole_as_integer(value: object) -> object:
    """3.0 as 3: what the user wrote, before Pulumi made every number a float."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_number(value: object) -> TypeGuard[float]:
    # bool is a subclass of int, but never a number on the wire.
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_wire_asset(value: object) -> bool:
    return isinstance(value, Mapping) and not _ASSET_KEYS.isdisjoint(value)
