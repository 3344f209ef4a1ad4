"""Under which URNs the engine would look for a resource in the state, besides its own."""

from __future__ import annotations

from collections.abc import Mapping

from rehearsal.model.inventory import InventoryResource
from rehearsal.model.urns import logical_name, make_urn


def earlier_urns(resources: Mapping[str, InventoryResource]) -> Mapping[str, str]:
    """Every alias to the URN of who has it: what the program wrote, and what children inherit of their parents'
    (pulumi 3.260 pkg/resource/deploy/step_generator.go, inheritedChildAlias). Of two that claim one, the first."""
    known: dict[str, tuple[str, ...]] = {}
    found: dict[str, str] = {}
    for urn in sorted(resources):
        for alias in _aliases(urn, resources, known):
            found.setdefault(alias, urn)
    return found


def _aliases(
    urn: str, resources: Mapping[str, InventoryResource], known: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    if urn not in known:
        item = resources[urn]
        parent = item.parent
        inherited = _aliases(parent, resources, known) if parent in resources else ()
        known[urn] = (
            *item.options.aliases,
            *(_child(item, logical_name(parent), alias) for alias in inherited),
        )
    return known[urn]


def _child(item: InventoryResource, parent_name: str, parent_alias: str) -> str:
    """A child whose name begins with its parent's was named after it, and so it was then."""
    name = item.name
    before = (
        f"{logical_name(parent_alias)}{name.removeprefix(parent_name)}"
        if name.startswith(parent_name)
        else name
    )
    stack, project = parent_alias.removeprefix("urn:pulumi:").split("::", 2)[:2]
    return make_urn(stack, project, parent_alias, item.type, before)
