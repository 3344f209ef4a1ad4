"""The message for a refused setting: one line, with a correct value."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Mapping

from infra.settings.pattern_words import PATTERN_WORDS

_USER_IN_ADDRESS = re.compile(r"(?<=://)[^\s/@]*@")
"""The token that somebody put into a repository's address."""


def absent(key: str, where: str, there: Iterable[str]) -> str:
    """The message for a setting that names an entry of `where`, which holds `there`."""
    return f"'{key}' is not in {where} (there: {', '.join(sorted(there)) or 'none'})"


_NAMES_OF_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_from_datetime_parsing": "a date such as 2026-11-21",
}

_TEMPLATES = {
    "finite_number": "is not a finite number; give one",
    "string_too_long": "is {value}, too long; give at most {max_length} characters",
    "enum": "is {value}; give {expected}",
    "literal_error": "is {value}; give {expected}",
    "union_tag_invalid": "has {discriminator} {shown_tag}; give {expected_tags}",
    "union_tag_not_found": "lacks the key {discriminator}, which decides what else may be set",
    "too_short": "has too few entries; give at least {min_length}",
    "too_long": "has too many entries; give at most {max_length}",
}

_CONTAINERS = {
    "dict_type": "a mapping of keys to values",
    "list_type": "a list",
    "model_type": "a mapping of settings",
    "model_attributes_type": "a mapping of settings",
}

_NAMES_OF_VALUES: Mapping[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
    type(None): "empty",
}

_LONGEST_LINE = 2_000

_BOUNDS = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def what_would_be_right(kind: str, value: object, context: Mapping[str, object], message: str) -> str:
    """The line for a pydantic error of type `kind` on `value`.

    `context` is pydantic's own (`ctx`). A secret is never shown: a secret field refuses what is not text with
    words of its own, and containers are never printed.
    """
    if kind == "missing":
        return "is missing; it is required"
    if kind in _CONTAINERS:
        # A value in place of a mapping may be the secret that belongs inside the mapping.
        return f"is {_NAMES_OF_VALUES.get(type(value), 'something else')}; give {_CONTAINERS[kind]}"
    if kind in _NAMES_OF_TYPES:
        return f"is {show(value)}; give {_NAMES_OF_TYPES[kind]}"
    if kind in _BOUNDS:
        name, words = _BOUNDS[kind]
        return f"is {show(value)}; give {words} {context[name]}"
    if kind == "string_pattern_mismatch":
        pattern = str(context["pattern"])
        return f"is {show(value)}; give {PATTERN_WORDS.get(pattern, f'text that matches {pattern}')}"
    template = _TEMPLATES.get(kind)
    if template is not None:
        return template.format(value=show(value), shown_tag=show(context.get("tag")), **context)
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
    """A scalar as a reader would write it, cut to a line; a list or mapping by its kind only."""
    if value is None or isinstance(value, dict | list):
        return _NAMES_OF_VALUES[type(value)]
    text = f"'{value}'" if isinstance(value, str) else json.dumps(value, default=str)
    text = _USER_IN_ADDRESS.sub("[hidden]@", " ".join(text.split()))
    return text if len(text) <= 60 else text[:57] + "…"


def one_line(text: str) -> str:
    """Text as one line of a terminal or a log: a name may hold line ends, controls, or turn the writing around."""
    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join(
            character if character.isprintable() else f"\\u{ord(character):04x}" for character in line
        )
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"
