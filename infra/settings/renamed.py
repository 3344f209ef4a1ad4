"""Settings that have another name now: the old one is read, with a warning, for one major version.

A row stays until the release `until`, which takes it out: from then on the old name is an unknown key.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from infra.settings.base import Problem


@dataclass(frozen=True)
class Renamed:
    """Paths below the settings object, from the release `since` on."""

    old: str
    new: str
    since: str
    until: str


RENAMED: tuple[Renamed, ...] = (
    Renamed(
        "databricks.network_connectivity.account_id", "databricks.account_id", since="0.2.0", until="1.0.0"
    ),
)


@dataclass(frozen=True)
class Translated:
    """Settings under their names of today, and what was found on the way."""

    values: Mapping[str, object]
    warnings: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def translated(values: Mapping[str, object], table: Sequence[Renamed] = RENAMED) -> Translated:
    """The values with old names replaced. Both names at once are a problem: either could be meant."""
    found = [one for one in table if _lookup(values, one.old) is not None]
    if not found:
        return Translated(values, (), ())
    data = copy.deepcopy(dict(values))
    warnings: list[Problem] = []
    problems: list[Problem] = []
    for one in found:
        value = _take(data, one.old)
        if _lookup(data, one.new) is not None:
            problems.append(Problem(one.old, f"is now {one.new}, which is given too; remove this one"))
        elif _put(data, one.new, value):
            warnings.append(
                Problem(
                    one.old, f"is now {one.new}; the old name is read until release {one.until}: rename it"
                )
            )
        else:
            problems.append(Problem(one.old, f"is now {one.new}; give it there"))
    return Translated(data, tuple(warnings), tuple(problems))


def _steps(path: str) -> Iterator[str]:
    yield from path.split(".")


def _lookup(values: object, path: str) -> object:
    for step in _steps(path):
        if not isinstance(values, Mapping) or step not in values:
            return None
        values = values[step]
    return values


def _take(data: dict[str, object], path: str) -> object:
    *above, last = _steps(path)
    place: object = data
    for step in above:
        place = place[step] if isinstance(place, dict) else None
    return place.pop(last) if isinstance(place, dict) else None


def _put(data: dict[str, object], path: str, value: object) -> bool:
    """Whether there is a place for it: what lies on the way must be a mapping."""
    *above, last = _steps(path)
    place: object = data
    for step in above:
        if not isinstance(place, dict):
            return False
        place = place.setdefault(step, {})
    if not isinstance(place, dict):
        return False
    place[last] = value
    return True
