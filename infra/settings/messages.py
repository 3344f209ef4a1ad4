"""What a refused setting is told: one line, with what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

_NAMES_OF_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "dict_type": "a mapping of keys to values",
    "list_type": "a list",
    "model_type": "a mapping of settings",
    "model_attributes_type": "a mapping of settings",
    "date_from_datetime_parsing": "a date such as 2026-11-21",
}

_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def what_would_be_right(kind: str, value: object, context: Mapping[str, object], message: str) -> str:
    """The line for a pydantic error of type `kind` on `value`.

    `context` is pydantic's own (`ctx`). The value is shown only where the field is no secret: pydantic
    hands a secret's text to no error of the types below, because secrets are only ever checked for being text.
    """
    if kind == "missing":
        return "is missing; it is required"
    if kind in _NAMES_OF_TYPES:
        return f"is {show(value)}; give {_NAMES_OF_TYPES[kind]}"
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"is {show(value)}; give {words} {context[name]}"
    if kind == "string_pattern_mismatch":
        return f"is {show(value)}; give text that matches {context['pattern']}"
    if kind == "string_too_long":
        return f"is {show(value)}, too long; give at most {context['max_length']} characters"
    if kind == "enum" or kind == "literal_error":
        return f"is {show(value)}; give {context['expected']}"
    if kind == "too_short":
        return f"has too few entries; give at least {context['min_length']}"
    if kind == "too_long":
        return f"has too many entries; give at most {context['max_length']}"
    return f"is {show(value)}; {message}"


def unknown_key(key: str, known: Iterable[str]) -> str:
    """The line for a key that no model knows."""
    close = difflib.get_close_matches(key, known, n=1)
    return (
        f"is not a setting; did you mean '{close[0]}'?"
        if close
        else (f"is not a setting; there are: {', '.join(sorted(known))}")
    )


def show(value: object) -> str:
    """The value as a reader would write it, cut to a line."""
    text = (
        f"'{value}'"
        if isinstance(value, str)
        else {True: "true", False: "false", None: "empty"}.get(
            value if isinstance(value, bool) or value is None else "", str(value)
        )
    )
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"
