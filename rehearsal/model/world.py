"""Everything that one rehearsal registered: what checks and rules look at, after the program has ended."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription


@dataclass(frozen=True, eq=False)
class World:
    """`resources` are in order of registration; `subscription` is what somebody said the real one has;
    `settings` are the stack's configuration values by full key; `looked_up_groups` are the resource groups, in lower
    case, in which the program looks something up: they exist, or the look-up fails before anything else does."""

    resources: tuple[Resource, ...]
    today: datetime.date
    subscription: Subscription = field(default_factory=Subscription)
    settings: Mapping[str, str] = field(default_factory=dict)
    stack_outputs: Mapping[str, object] = field(default_factory=dict)
    component_outputs: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    looked_up_groups: frozenset[str] = frozenset()

    @cached_property
    def by_urn(self) -> Mapping[str, Resource]:
        """All resources by URN."""
        return {resource.urn: resource for resource in self.resources}

    @cached_property
    def by_id(self) -> Mapping[str, Resource]:
        """Resources with an ARM id, by that id in lower case (ARM ids compare case-insensitively). The first
        to register an id keeps it."""
        found: dict[str, Resource] = {}
        for resource in self.resources:
            if resource.id.startswith("/"):
                found.setdefault(resource.id.lower(), resource)
        return found

    @cached_property
    def by_type(self) -> Mapping[str, tuple[Resource, ...]]:
        """Resources by type token, sorted by URN."""
        found: dict[str, list[Resource]] = {}
        for resource in sorted(self.resources, key=lambda item: item.urn):
            found.setdefault(resource.type, []).append(resource)
        return {name: tuple(resources) for name, resources in found.items()}

    def of_types(self, types: Iterable[str]) -> Iterator[Resource]:
        """The resources of these types, by type as given and then by URN."""
        for name in types:
            yield from self.by_type.get(name, ())

    def grouped(
        self, types: tuple[str, ...], key: Callable[[Resource], Hashable]
    ) -> Mapping[Hashable, tuple[Resource, ...]]:
        """The resources of these types by what `key` (a module's function) says of each, in order of registration:
        computed once, so that a rule that compares resources with their like stays linear."""
        if (types, key) not in self._groups:
            found: dict[Hashable, list[Resource]] = {}
            for resource in sorted(self.of_types(types), key=lambda item: item.order):
                found.setdefault(key(resource), []).append(resource)
            self._groups[types, key] = {name: tuple(resources) for name, resources in found.items()}
        return self._groups[types, key]

    @cached_property
    def _groups(
        self,
    ) -> dict[
        tuple[tuple[str, ...], Callable[[Resource], Hashable]], Mapping[Hashable, tuple[Resource, ...]]
    ]:
        return {}

    def find(self, arm_id: object) -> Resource | None:
        """The registered resource with this ARM id, whatever its case."""
        return self.by_id.get(arm_id.lower()) if isinstance(arm_id, str) else None

    def provider_of(self, resource: Resource) -> Resource | None:
        """The explicit provider of a resource, None where it uses the default one."""
        return self.by_urn.get(resource.provider_urn)

    def depends_on(self, resource: Resource, other: Resource) -> bool:
        """Whether the engine waits for `other` before it creates `resource`, directly or through others."""
        mine, index = self._waits_for.get(resource.urn), self._bits.get(other.urn)
        return mine is not None and index is not None and bool(mine >> index & 1)

    @cached_property
    def _bits(self) -> Mapping[str, int]:
        return {resource.urn: index for index, resource in enumerate(self.resources)}

    def edges_of(self, resource: Resource) -> frozenset[str]:
        """URNs of what the resource waits for directly: dependencies, the parent, the provider and `deleted_with`
        (the SDK awaits the URN of each before it registers, and the engine's dependency graph holds all of them).

        A parent component is no resource to wait for, but what that component itself depends on is: its URN resolves
        only after that.
        """
        return self._edges[resource.urn]

    @cached_property
    def _edges(self) -> Mapping[str, frozenset[str]]:
        known = self._bits
        return {
            resource.urn: frozenset(
                urn
                for urn in (
                    *resource.dependencies,
                    *(urn for urns in resource.property_dependencies.values() for urn in urns),
                    resource.parent,
                    resource.provider_urn,
                    resource.options.deleted_with,
                )
                if urn in known and urn != resource.urn
            )
            for resource in self.resources
        }

    @cached_property
    def _waits_for(self) -> Mapping[str, int]:
        """Per URN, the set of resources that it waits for, directly or through others, as bits."""
        bits, waits = self._bits, dict[str, int]()
        for resource in self.resources:
            mine = 0
            for urn in self._edges[resource.urn]:
                mine |= waits.get(urn, 0) | 1 << bits[urn]
            waits[resource.urn] = mine
        return waits
