"""A configuration key's namespace that is spelt almost like a known one."""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 5
"""Below, two names of providers may well differ in one letter (`aws`, `awsx`)."""


def misspelt(namespace: str, known: Iterable[str]) -> str | None:
    """The known namespace that `namespace` was meant to be, or None: it is known itself, or resembles none.

    It resembles where two letters at most are wrong, missing, added or exchanged with their neighbour (one, in a name
    of fewer than eight), or where only capitals and dashes differ.
    """
    names = sorted(set(known))
    if namespace in names:
        return None
    near = [(distance(_plain(namespace), _plain(name)), name) for name in names if len(name) >= _SHORTEST]
    allowed = [(found, name) for found, name in near if found <= (1 if len(name) < 8 else 2)]
    return min(allowed)[1] if allowed else None


def _plain(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def distance(left: str, right: str) -> int:
    """How many letters to change, add, take out or exchange with their neighbour (optimal string alignment)."""
    if abs(len(left) - len(right)) > 2:
        return abs(len(left) - len(right))
    before: list[int] = []
    row = list(range(len(right) + 1))
    for index, letter in enumerate(left, 1):
        two_before, before, row = before, row, [index]
        for column, other in enumerate(right, 1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != other))
            if index > 1 and column > 1 and letter == right[column - 2] and left[index - 2] == other:
                cost = min(cost, two_before[column - 2] + 1)
            row.append(cost)
    return row[-1]
