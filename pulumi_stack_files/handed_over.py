"""The text in which the engine hands a configuration value to a program (Go's `encoding/json`)."""

from __future__ import annotations

import json
import math

from pulumi_stack_files.scalars import LEAST_SIGNED

_ESCAPED = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_TRANSLATION = str.maketrans(_ESCAPED)
"""What Go escapes in JSON and Python does not."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def as_text(value: object) -> str:
    """Text as it is, null as empty text, other scalars as JSON, lists and maps as compact JSON with sorted keys.

    Raises `ValueError` for infinity and not-a-number, which have no JSON.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _json(value)


def _json(value: object) -> str:
    if isinstance(value, dict):
        entries = sorted((str(key), item) for key, item in value.items())
        return "{" + ",".join(f"{_quoted(key)}:{_json(item)}" for key, item in entries) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_json, value)) + "]"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int) and not isinstance(value, bool) and not LEAST_SIGNED <= value < 2**63:
        # Inside an object, Go reads the number again, as 64 bits with a sign or else as a float.
        return go_number(float(value))
    return go_number(value) if isinstance(value, float) else json.dumps(value)


def _quoted(text: str) -> str:
    return _encode(text).translate(_TRANSLATION)


def go_number(value: float) -> str:
    """A float as Go's JSON writes it: without an exponent from 1e-6 up to 1e21, whole numbers without a point."""
    if not math.isfinite(value):
        raise ValueError(f"{value} has no JSON")
    if value == 0:
        return "0"
    digits, _, exponent = f"{value!r}".partition("e")
    if not exponent and not digits.endswith(".0"):
        # Python writes an exponent below 1e-4 already.
        return digits
    if 1e-6 <= abs(value) < 1e21:
        return _without_exponent(digits, int(exponent or 0))
    return f"{digits.removesuffix('.0')}e{'-' if exponent.startswith('-') else '+'}{exponent.lstrip('+-0')}"


def _without_exponent(digits: str, exponent: int) -> str:
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{whole}{fraction}"
    return f"{sign}{whole}{fraction.ljust(exponent, '0')}"
