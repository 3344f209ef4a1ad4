"""Property values as short, masked JSON texts."""

from __future__ import annotations

import itertools
import json

from rehearsal.model.values import UNKNOWN_TEXT, masked_text

_WHOLE = 120
"""Characters up to which a value is shown as it is beside its other."""

_AROUND = 24


def shown(value: object) -> str | None:
    """The value as one line of JSON; None for nothing."""
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


def apart(old: str, new: str) -> tuple[str, str]:
    """Two long texts cut to where they differ, with a little of what is around it; short ones whole."""
    if max(len(old), len(new)) <= _WHOLE:
        return old, new
    start = _alike(old, new)
    end = min(_alike(old[::-1], new[::-1]), len(old) - start, len(new) - start)
    first, last = max(start - _AROUND, 0), max(end - _AROUND, 0)
    if first < _AROUND and last < _AROUND:
        return old, new
    return _between(old, first, last), _between(new, first, last)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _between(text: str, first: int, last: int) -> str:
    return ("…" if first else "") + text[first : len(text) - last] + ("…" if last else "")


def is_unknown(value: object) -> bool:
    """Whether only the deployment can say what the value is."""
    if isinstance(value, dict):
        return any(is_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(is_unknown(item) for item in value)
    return value == UNKNOWN_TEXT


def one_line(message: str) -> str:
    """A message without its line breaks, secrets masked."""
    return masked_text(" ".join(message.split()))
