"""How long carrying a change out takes: the longest way through what is created, updated or replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rehearsal.changes.model import CriticalPath, ResourceChange
from rehearsal.cloud.catalogue.latencies import latency_of
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.inventory import InventoryResource

_FACTOR = {ChangeKind.CREATE: 1.0, ChangeKind.REPLACE: 2.0, ChangeKind.UPDATE: 0.5}
"""Against a creation: a replacement deletes and creates, an update mostly returns sooner. Estimates."""


def critical_path(
    changes: Iterable[ResourceChange],
    head: Mapping[str, InventoryResource],
    created_again: Iterable[str] = (),
) -> CriticalPath:
    """Estimated minutes; deletions come after everything else and hold nothing up.

    `created_again` are URNs of what goes with a replaced resource and stays in the program.
    """
    minutes = {urn: latency_of(head[urn].type, head[urn].inputs).minutes for urn in created_again}
    minutes |= {
        change.urn: _FACTOR[change.kind] * latency_of(change.type, head[change.urn].inputs).minutes
        for change in changes
        if change.kind in _FACTOR and not (change.kind is ChangeKind.UPDATE and change.urn in minutes)
    }
    finish: dict[str, float] = {}
    via: dict[str, str] = {}
    for urn in _dependencies_first(head):
        ends = {target: finish[target] for target in _needs(head[urn]) if target in finish}
        awaited = max(ends, key=lambda target: (ends[target], target), default="")
        finish[urn] = ends.get(awaited, 0.0) + minutes.get(urn, 0.0)
        via[urn] = awaited
    if not minutes:
        return CriticalPath()
    last = max(finish, key=lambda urn: (finish[urn], urn))
    steps: list[tuple[str, float]] = []
    urn = last
    while urn:
        if urn in minutes:
            steps.append((head[urn].label, round(minutes[urn], 1)))
        urn = via[urn]
    return CriticalPath(round(finish[last], 1), tuple(reversed(steps)))


def _needs(item: InventoryResource) -> tuple[str, ...]:
    """What must exist before it: what it uses, and its provider. (A parent component waits for its children.)"""
    return (*item.dependencies, item.provider.rpartition("::")[0])


def _dependencies_first(head: Mapping[str, InventoryResource]) -> list[str]:
    """The URNs in an order in which everything comes after what it needs, without recursion: chains are long."""
    order: list[str] = []
    done: set[str] = set()
    for start in head:
        stack = [(start, False)]
        while stack:
            urn, expanded = stack.pop()
            if expanded:
                order.append(urn)
            elif urn not in done:
                done.add(urn)
                stack.append((urn, True))
                stack.extend((need, False) for need in _needs(head[urn]) if need in head and need not in done)
    return order
