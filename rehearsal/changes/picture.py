"""The components of a stack and who needs whom, with the changed ones counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rehearsal.changes.model import ComponentNode, ResourceChange
from rehearsal.model.inventory import InventoryResource
from rehearsal.model.urns import STACK_TYPE, logical_name, qualified_type


def component_names(resources: Iterable[InventoryResource]) -> Mapping[str, str]:
    """The component that each resource (by URN) counts to, empty for none: the outermost one, or the one below it
    where a single component holds the whole program."""
    by_urn = {item.urn: item for item in resources}
    chains = {urn: _components_above(item, by_urn) for urn, item in by_urn.items()}
    outermost = {chain[0] for chain in chains.values() if chain}
    depth = 1 if len(outermost) == 1 and any(len(chain) > 1 for chain in chains.values()) else 0
    return {urn: chain[depth] if len(chain) > depth else "" for urn, chain in chains.items()}


def _components_above(item: InventoryResource, by_urn: Mapping[str, InventoryResource]) -> list[str]:
    """Names from the outermost in; a component itself is the last of its own chain."""
    found: list[str] = []
    here = item
    while here.type != STACK_TYPE:
        if not here.custom:
            found.append(here.name)
        urn = here.parent
        if urn not in by_urn:
            # A preview's JSON leaves out what does not change, components above all.
            if urn and qualified_type(urn) != STACK_TYPE:
                found.append(logical_name(urn))
            break
        here = by_urn[urn]
    return found[::-1]


def picture(
    resources: Iterable[InventoryResource], changes: Iterable[ResourceChange]
) -> tuple[ComponentNode, ...]:
    """One node a component, sorted by name; `needs` the components whose resources it depends on."""
    listed = list(resources)
    component = component_names(listed)
    changed = Counter(change.component for change in changes)
    needs: dict[str, set[str]] = {name: set() for name in {*component.values(), *changed} if name}
    for item in listed:
        own = component[item.urn]
        for target in item.dependencies:
            other = component.get(target, "")
            if own and other and own != other:
                needs[own].add(other)
    return tuple(
        ComponentNode(name, changed.get(name, 0), tuple(sorted(targets)))
        for name, targets in sorted(needs.items())
    )


_MOST_REDUCED = 80


def reduced(nodes: Sequence[ComponentNode]) -> tuple[ComponentNode, ...]:
    """The nodes without the needs that follow from others: what everything needs would else be a line to everything.

    A drawing of very many is left as it is.
    """
    needs = {node.name: [need for need in node.needs if need != node.name] for node in nodes}
    for name in needs if len(nodes) <= _MOST_REDUCED else ():
        for need in list(needs[name]):
            needs[name].remove(need)
            if not _reaches(needs, name, need):
                needs[name].append(need)
    return tuple(replace(node, needs=tuple(sorted(needs[node.name]))) for node in nodes)


def _reaches(needs: Mapping[str, Sequence[str]], start: str, end: str) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        here = waiting.pop()
        if here == end:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(needs.get(here, ()))
    return False
