"""What the page says of promises, requirements and roads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from rehearsal.model.inventory import Inventory
from rehearsal.model.promised import VERDICTS, OpenRoad, Promised
from rehearsal.page.parts import code

PROMISE_COLUMNS = ("promise", "what", "verdict", "why")
_WORDS: Mapping[str, str] = {"closed": "fails", "unknown": "not known from the program alone", "open": "kept"}


def broken(inventory: Inventory) -> tuple[Promised, ...]:
    """Those that fail, and for which the program answers."""
    return tuple(one for one in inventory.promises if one.grave and one.verdict == "closed")


def promise_rows(promises: Iterable[Promised]) -> Iterator[list[str]]:
    """Those that fail first. A road and a right are told in the words of the rehearsal, what is missing too."""
    for one in sorted(promises, key=lambda one: (VERDICTS.index(one.verdict), one)):
        why = one.missing or "; ".join((*one.road, *one.right))
        yield [code(one.name), escape(one.question), escape(_WORDS[one.verdict]), escape(why)]


def road_rows(roads: Iterable[OpenRoad]) -> Iterator[list[str]]:
    """What is reached though nobody is promised it, by place."""
    by_source: dict[str, list[str]] = {}
    for road in roads:
        if not road.promised:
            by_source.setdefault(road.source, []).append(road.target)
    for source, targets in by_source.items():
        yield [escape(source), ", ".join(code(target) for target in targets)]
