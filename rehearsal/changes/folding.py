"""Updates that say the same are told once: a tag changes on everything that carries it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rehearsal.changes.model import PropertyChange, ResourceChange


@dataclass(frozen=True)
class Fold:
    """The same property changes on several resources, or all that is particular to one."""

    properties: tuple[PropertyChange, ...]
    resources: tuple[ResourceChange, ...]


def folded(updates: Iterable[ResourceChange]) -> tuple[tuple[Fold, ...], tuple[Fold, ...]]:
    """What several resources share, most resources first; and what is particular to single ones, in their order.

    A resource that shares a change and has others of its own is in both. A tag is the same wherever its type keeps it.
    """
    listed = list(updates)
    substances = {change.urn: _substances(change) for change in listed}
    count = Counter(substance for found in substances.values() for substance in found)
    alike: dict[PropertyChange, list[ResourceChange]] = {}
    own: list[Fold] = []
    for change in listed:
        particular = []
        for substance in substances[change.urn]:
            if count[substance] > 1:
                alike.setdefault(substance, []).append(change)
            else:
                particular.append(substance)
        if particular or not substances[change.urn]:
            own.append(Fold(tuple(particular), (change,)))
    together: dict[tuple[str, ...], Fold] = {}
    for substance, changes in alike.items():
        urns = tuple(change.urn for change in changes)
        before = together.get(urns, Fold((), tuple(changes)))
        together[urns] = Fold((*before.properties, substance), before.resources)
    return tuple(sorted(together.values(), key=lambda fold: -len(fold.resources))), tuple(own)


def _substances(change: ResourceChange) -> tuple[PropertyChange, ...]:
    """The property changes, each tag once and without its place."""
    return tuple(dict.fromkeys(_placeless(change.properties)))


def _placeless(properties: Iterable[PropertyChange]) -> Iterator[PropertyChange]:
    for item in properties:
        yield PropertyChange("", item.old, item.new, tag=item.tag) if item.tag else item
