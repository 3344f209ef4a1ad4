"""What a change takes away or opens: promises that are lost or kept, and roads that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.changes.model import PromiseChange, PromiseState, RoadChange
from rehearsal.model.inventory import Inventory
from rehearsal.model.promised import Promised

_CLOSED = "closed"


def promise_changes(base: Inventory, head: Inventory) -> tuple[PromiseChange, ...]:
    """Gravest first, then by name. A requirement that goes with its resource, or comes and is met, is no change."""
    before = {one.name: one for one in base.promises}
    after = {one.name: one for one in head.promises}
    order = list(PromiseState)
    return tuple(sorted(_changes(before, after), key=lambda one: (order.index(one.state), one)))


def _changes(before: dict[str, Promised], after: dict[str, Promised]) -> Iterator[PromiseChange]:
    for name, one in after.items():
        old = before.get(name)
        fails = one.verdict == _CLOSED
        if fails and (old is None or old.verdict != _CLOSED):
            state = PromiseState.BROKEN if old is None else PromiseState.LOST
            setting = f"; {one.setting} would give it" if one.setting else ""
            yield PromiseChange(state, name, one.question, f"{one.missing}{setting}")
        elif old is not None and old.verdict == _CLOSED and not fails:
            yield PromiseChange(PromiseState.KEPT, name, one.question)
        elif old is None and one.kind == "promise":
            yield PromiseChange(PromiseState.NEW, name, one.question)
    for name, one in before.items():
        if name not in after and one.kind == "promise":
            yield PromiseChange(PromiseState.WITHDRAWN, name, one.question)


def opened_roads(base: Inventory, head: Inventory) -> tuple[RoadChange, ...]:
    """Those that were closed, or led to nothing, and that nobody is promised."""
    known = {(road.source, road.target) for road in base.roads}
    return tuple(
        RoadChange(road.source, road.target)
        for road in head.roads
        if not road.promised and (road.source, road.target) not in known
    )
