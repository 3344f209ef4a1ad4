"""Which lines of a template's text each of its resources takes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder

_BLANK = " \t\r\n"
_RESOURCES = "resources"


def resource_lines(text: str) -> tuple[tuple[int, int], ...]:
    """First and last line of each, in the order of the template's `resources`. Raises ValueError."""
    ends = [index for index, letter in enumerate(text) if letter == "\n"]

    def line_of(index: int) -> int:
        return bisect_right(ends, index - 1) + 1

    try:
        return tuple((line_of(begin), line_of(end - 1)) for begin, end in _elements(text))
    except (JSONDecodeError, IndexError) as error:
        raise ValueError(f"is no JSON object with resources ({error})") from error


def _elements(text: str) -> Iterator[tuple[int, int]]:
    """Where each value of the list `resources` of the outermost object begins and ends."""
    decoder = JSONDecoder()
    at = _past(text, _skipped(text, 0), "{")
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        at = _past(text, _skipped(text, at), ":")
        if key == _RESOURCES and text[at] == "[":
            yield from _values(decoder, text, at + 1)
            return
        _, at = decoder.raw_decode(text, at)
        at = _skipped(text, at)
        if text[at] == ",":
            at = _skipped(text, at + 1)


def _values(decoder: JSONDecoder, text: str, begin: int) -> Iterator[tuple[int, int]]:
    at = _skipped(text, begin)
    while text[at] != "]":
        _, end = decoder.raw_decode(text, at)
        yield at, end
        at = _skipped(text, end)
        if text[at] == ",":
            at = _skipped(text, at + 1)


def _past(text: str, at: int, letter: str) -> int:
    if text[at] != letter:
        raise JSONDecodeError(f"expecting {letter!r}", text, at)
    return _skipped(text, at + 1)


def _skipped(text: str, at: int) -> int:
    while text[at] in _BLANK:
        at += 1
    return at
