"""The declared network, and the question that promises and requirements ask of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from azure_facts.arm_id_parsing import arm_type_of, levels
from azure_facts.network_traffic import RESOURCE_MANAGER_TAG, tag_of_host
from azure_facts.private_link import usual_group
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.reachability.applications import app_road, environment_road, group_road, managed_endpoint_road
from rehearsal.reachability.clusters import api_road, router_road
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Door, Place, Road, Verdict, best, unsure
from rehearsal.reachability.monitors import monitor_road
from rehearsal.reachability.origins import CONTAINER_APP, CONTAINER_GROUP, ENVIRONMENT, Origin, origins_of
from rehearsal.reachability.services import host_road, service_road
from rehearsal.rules import tokens

_NO_PLACES: Mapping[str, Place] = MappingProxyType({})


class Network:
    """What a program declares of its network, and the places outside it as its settings say.

    A place of the kind `network` may be one of the program's own networks too: then it says which zones of others are
    linked with it.
    """

    def __init__(self, world: World, places: Mapping[str, Place]) -> None:
        self._declared = Declared(world, places.values())
        self._origins: dict[Place, tuple[Origin, ...]] = {}
        self._roads: dict[tuple[Place, Door], Road] = {}

    @classmethod
    def of(cls, world: World, places: Mapping[str, Place] = _NO_PLACES) -> Network:
        """The network of a rehearsed program. `places`: what the settings say of the networks outside, by
        name."""
        return cls(world, places)

    def road(self, place: Place, door: Door) -> Road:
        """Whether `place` reaches `door`, and how. A door's `target` may be a child of the service, such as a
        container, or an object in Databricks (`databricks:<kind>/<name>@<workspace's id>`)."""
        if (place, door) not in self._roads:
            self._roads[place, door] = self._judged(place, door)
        return self._roads[place, door]

    def _judged(self, place: Place, door: Door) -> Road:
        found = best(self._from(origin, door) for origin in self._origins_of(place))
        if found.verdict is Verdict.CLOSED and self._declared.is_blind:
            return unsure(f"{found.missing}, as far as is known before the services answer")
        return found

    def _origins_of(self, place: Place) -> tuple[Origin, ...]:
        if place not in self._origins:
            self._origins[place] = origins_of(place, self._declared)
        return self._origins[place]

    def _from(self, origin: Origin, door: Door) -> Road:
        target_id = door.target.rpartition("@")[2].lower()
        # Resource Manager answers for every resource, with or without doors of its own.
        if not target_id or tag_of_host(door.host) == RESOURCE_MANAGER_TAG:
            return host_road(origin, door, self._declared)
        for arm_id in reversed(levels(target_id)):
            target = self._declared.world.find(arm_id)
            special = _SPECIAL.get(target.type) if target is not None else None
            if special is not None and target is not None:
                return special(origin, replace(door, target=arm_id), target, self._declared)
        service = _service(target_id)
        group = door.group or usual_group(arm_type_of(service))
        return service_road(origin, replace(door, target=service, group=group), self._declared)


def _service(target_id: str) -> str:
    """The id of the resource that answers: the outermost one of the id's last provider."""
    start = target_id.rfind("/providers/")
    return "/".join(target_id.split("/")[: target_id[:start].count("/") + 5]) if start >= 0 else target_id


def _online_endpoint(origin: Origin, door: Door, endpoint: Resource, declared: Declared) -> Road:
    if endpoint.text("properties.compute"):
        return router_road(origin, door, endpoint, declared)
    return managed_endpoint_road(origin, door, endpoint, declared)


def _monitor(origin: Origin, door: Door, _target: Resource, declared: Declared) -> Road:
    return monitor_road(origin, door, declared)


_SPECIAL: Mapping[str, Callable[[Origin, Door, Resource, Declared], Road]] = {
    tokens.AKS: api_road,
    tokens.ML_ONLINE_ENDPOINT: _online_endpoint,
    tokens.APPLICATION_INSIGHTS: _monitor,
    tokens.LOG_ANALYTICS: _monitor,
    CONTAINER_APP: app_road,
    ENVIRONMENT: environment_road,
    CONTAINER_GROUP: group_road,
}
"""Types with doors of their own; every other is a service with private endpoints."""
