"""The part of a message that says what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

# difflib's own 0.6 finds 'mode' near 'order'.
_SIMILARITY = 0.7

# A Data Factory activity has 42 kinds, a linked service over a hundred: a message that lists them all is not read.
_LISTED = 24


def did_you_mean(wrong: str, right: Iterable[str]) -> str:
    """`; did you mean 'X'?` for the nearest of `right`, letter case ignored; empty if nothing is near."""
    nearest = closest(wrong, right)
    return f"; did you mean '{nearest}'?" if nearest else ""


def closest(wrong: str, right: Iterable[str]) -> str | None:
    """The nearest of `right` to `wrong`, letter case and underscores ignored; None if nothing is near."""
    by_folded = {_fold(each): each for each in right}
    matches = get_close_matches(_fold(wrong), by_folded, n=1, cutoff=_SIMILARITY)
    return by_folded[matches[0]] if matches else None


def same_name(one: str, other: str) -> bool:
    """Whether two names differ only in letter case and underscores, as `vm_size` and `vmSize` do."""
    return _fold(one) == _fold(other)


def listed(values: Iterable[object]) -> str:
    """`'a', 'b', 'c'`; a long list is cut and says how many follow."""
    all_values = [f"'{value}'" if isinstance(value, str) else str(value) for value in values]
    more = len(all_values) - _LISTED
    return ", ".join(all_values[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _fold(name: str) -> str:
    return name.replace("_", "").casefold()
