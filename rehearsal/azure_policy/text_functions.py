"""Template functions over texts.

Source: `azure_facts.azure_policy.FUNCTIONS_SOURCE`.
"""

from __future__ import annotations

import base64
import re

from azure_facts.azure_policy import LONGEST_RESULT
from rehearsal.azure_policy.arguments import (
    Arguments,
    described,
    exact,
    failed,
    items_in,
    shortened,
    text_in,
    whole,
)
from rehearsal.azure_policy.comparison import text_of
from rehearsal.azure_policy.verdict import DoubtError, DoubtKind


def substring(values: Arguments) -> object:
    """A part, which must lie inside the text."""
    text, start = text_in(values[0], "substring"), whole(values[1], "substring")
    length = whole(values[2], "substring") if len(values) > 2 else len(text) - start
    if start < 0 or length < 0 or start + length > len(text):
        raise failed(
            f"substring() is asked for {length} characters from {start} on, of a text of {len(text)}"
        )
    return text[start : start + length]


def split(values: Arguments) -> object:
    """The parts between delimiters, of which there may be several."""
    text, delimiters = text_in(values[0], "split"), values[1]
    given = [text_of(each) for each in delimiters] if isinstance(delimiters, list) else [text_of(delimiters)]
    return re.split("|".join(map(re.escape, given)), text) if all(given) else [text]


def join(values: Arguments) -> object:
    """The items with a delimiter between."""
    if not isinstance(values[0], list):
        raise failed(f"join() is given {described(values[0])}")
    return text_of(values[1]).join(text_of(each) for each in items_in(values[0]))


def replace(values: Arguments) -> object:
    """Every occurrence, with regard to case."""
    text, old, new = (text_in(value, "replace") for value in values)
    return text.replace(old, new) if old else text


def pad_left(values: Arguments) -> object:
    """Filled up from the left."""
    value, width, *given = values
    fill = text_in(given[0], "padLeft") if given else " "
    asked = whole(width, "padLeft")
    if asked > LONGEST_RESULT:
        raise failed(f"padLeft() is asked for {asked} characters; Azure takes {LONGEST_RESULT}")
    return text_of(value).rjust(asked, fill[:1] or " ")


def index_of(values: Arguments) -> object:
    """The first place, -1 for none; of a text without regard to case."""
    container, item = values
    if isinstance(container, list):
        return next((index for index, each in enumerate(container) if exact(each, item)), -1)
    return text_in(container, "indexOf").lower().find(text_of(item).lower())


def last_index_of(values: Arguments) -> object:
    """The last place, as `index_of`."""
    container, item = values
    if isinstance(container, list):
        found = [index for index, each in enumerate(container) if exact(each, item)]
        return found[-1] if found else -1
    return text_in(container, "lastIndexOf").lower().rfind(text_of(item).lower())


_PLACE = re.compile(r"\{(\d+)(:[^}]*)?\}")


def put_in(values: Arguments) -> object:
    """`format()` with plain places; .NET's own forms are not evaluated."""

    def put(match: re.Match[str]) -> str:
        if match[2] or int(match[1]) + 1 >= len(values):
            raise DoubtError(f"format() uses {match[0]}, which is not evaluated", DoubtKind.FILE)
        value = values[int(match[1]) + 1]
        return str(value) if isinstance(value, bool) else text_of(value)

    text = text_in(values[0], "format")
    rest = _PLACE.sub("", text)
    if "{" in rest or "}" in rest:
        raise DoubtError(
            f"format() is given {shortened(text)!r}, whose brackets are not evaluated", DoubtKind.FILE
        )
    return _PLACE.sub(put, text)


def from_base64(values: Arguments) -> str:
    """The text."""
    try:
        return base64.b64decode(text_in(values[0], "base64ToString"), validate=True).decode()
    except ValueError:
        raise failed("base64ToString() is given a text that is no Base64") from None


def starts(values: Arguments) -> object:
    """Without regard to case."""
    return text_in(values[0], "startsWith").lower().startswith(text_in(values[1], "startsWith").lower())


def ends(values: Arguments) -> object:
    """Without regard to case."""
    return text_in(values[0], "endsWith").lower().endswith(text_in(values[1], "endsWith").lower())
