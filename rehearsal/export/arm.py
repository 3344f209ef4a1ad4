"""Previewed resources as ARM would receive them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from azure_facts.arm_bodies_exceptions import NO_PUT
from azure_facts.arm_id_parsing import levels
from rehearsal.export.arm_resource import ArmResource
from rehearsal.export.bodies import arm_body, unversioned
from rehearsal.export.places import arm_place
from rehearsal.export.service_made import ServiceMade
from rehearsal.model.resource import Resource

_PACKAGE = "azure-native"


def arm_resources(resources: Iterable[Resource]) -> tuple[ArmResource, ...]:
    """The declared resources of azure-native, sorted by id; what is merely read, and what has no ARM resource of its
    own (`NO_PUT`), is not among them."""
    everything = tuple(resources)
    graph, made = _Dependencies(everything), ServiceMade(everything)
    found = (_arm_resource(each, graph, made) for each in everything if is_exported(each))
    return tuple(sorted(found, key=lambda each: (each.id.lower(), each.urn)))


def is_exported(resource: Resource) -> bool:
    """Whether the resource is sent to ARM."""
    return is_of_azure(resource) and unversioned(resource.type) not in NO_PUT


def is_of_azure(resource: Resource) -> bool:
    """Whether azure-native makes the resource."""
    return (
        resource.custom
        and not resource.external
        and not resource.is_provider
        and resource.package == _PACKAGE
    )


def _arm_resource(resource: Resource, graph: _Dependencies, made: ServiceMade) -> ArmResource:
    formed = arm_body(resource, made)
    place = arm_place(resource.id)
    return ArmResource(
        urn=resource.urn,
        id=resource.id,
        type=place.type,
        name=place.name,
        api_version=formed.api_version,
        scope=place.scope,
        body=formed.body,
        depends_on=graph.of(resource),
        converted=formed.converted,
    )


class _Dependencies:
    """Which exported resources each one waits for, also by way of resources that are not exported."""

    def __init__(self, resources: tuple[Resource, ...]) -> None:
        self._by_urn = {each.urn: each for each in resources}
        self._ids: Mapping[str, str] = {each.id.lower(): each.id for each in resources if is_exported(each)}

    def of(self, resource: Resource) -> tuple[str, ...]:
        """ARM ids, sorted: of what the program made it wait for, and of the resources that it is inside of."""
        ids = {each.id for each in self._nearest(resource)} | set(self._around(resource.id))
        return tuple(sorted(ids - {resource.id}))

    def _nearest(self, resource: Resource) -> Iterator[Resource]:
        seen = {resource.urn}
        waiting = _edges(resource)
        while waiting:
            urn = waiting.pop()
            found = self._by_urn.get(urn)
            if urn in seen or found is None:
                continue
            seen.add(urn)
            if is_exported(found):
                yield found
            else:
                waiting += _edges(found)

    def _around(self, arm_id: str) -> Iterator[str]:
        for outer in levels(arm_id)[:-1]:
            if urn := self._ids.get(outer):
                yield urn


def _edges(resource: Resource) -> list[str]:
    by_property = (urn for urns in resource.property_dependencies.values() for urn in urns)
    return [*resource.dependencies, *by_property, *([resource.parent] if resource.parent else [])]
