"""How long a first deployment takes: the critical path through the dependencies, and what would shorten it.

Pure. The engine creates everything at once that no dependency keeps apart (its default is some dozens at a time, more
than a platform ever has ready).
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.cloud.catalogue.latencies import (
    ESTIMATE,
    FIRST_COMPUTE_IN_MANAGED_NETWORK,
    ML_COMPUTE,
    ML_WORKSPACE,
    NOTHING,
    Latency,
    latency_of,
)
from rehearsal.model.inventory import DeploymentStep
from rehearsal.model.resource import Resource
from rehearsal.model.world import World

_WORTH_SAYING_MINUTES = 1.0
_NO_NETWORK = ("", "Disabled")


@dataclass(frozen=True)
class Saving:
    """`minutes` that the whole deployment would be shorter by: without `urn` waiting for `waits_for` (which only
    `depends_on` asks), or, where that is empty, if `urn` existed already."""

    urn: str
    waits_for: str
    minutes: float


@dataclass(frozen=True)
class Timeline:
    """Minutes of a first deployment; `path` from its first step to its last; `savings` largest first, three at most;
    `estimated_share` is how much of `minutes` rests on estimates (0 to 1)."""

    minutes: float
    path: tuple[DeploymentStep, ...]
    savings: tuple[Saving, ...]
    estimated_share: float


def timeline(world: World) -> Timeline:
    """The timeline of creating everything that a rehearsal registered."""
    latencies = _latencies(world)
    finish, via = _finish_times(world, latencies)
    if not finish:
        return Timeline(0.0, (), (), 0.0)
    last = max(finish, key=lambda urn: (finish[urn], urn))
    total = finish[last]
    path: list[DeploymentStep] = []
    urn = last
    while urn:
        latency = latencies[urn]
        if latency.minutes:
            path.append(DeploymentStep(urn, finish[urn] - latency.minutes, latency.minutes, latency.source))
        urn = via[urn]
    path.reverse()
    estimated = sum(step.minutes for step in path if ESTIMATE in step.source)
    return Timeline(
        minutes=total,
        path=tuple(path),
        savings=_savings(world, latencies, path, total),
        estimated_share=estimated / total if total else 0.0,
    )


def _latencies(world: World) -> Mapping[str, Latency]:
    found = {resource.urn: _latency(resource) for resource in world.resources}
    for workspace in world.of_types((ML_WORKSPACE,)):
        if workspace.text("managedNetwork.isolationMode") not in _NO_NETWORK:
            for resource in _network_builders(world, workspace):
                own, network = found[resource.urn], FIRST_COMPUTE_IN_MANAGED_NETWORK
                found[resource.urn] = Latency(own.minutes + network.minutes, network.source)
    return found


def _network_builders(world: World, workspace: Resource) -> list[Resource]:
    """Whose creation includes that of the managed network: the workspace where it is told to, else every compute that
    waits for no other one (of several created at once the first starts it and the others wait with it)."""
    if workspace.value("provisionNetworkNow") is True:
        return [workspace]
    computes = [
        compute
        for compute in world.of_types((ML_COMPUTE,))
        if compute.id.lower().startswith(f"{workspace.id.lower()}/")
        and compute.text("properties.computeType") in ("AmlCompute", "ComputeInstance")
    ]
    return [
        compute for compute in computes if not any(world.depends_on(compute, other) for other in computes)
    ]


def _latency(resource: Resource) -> Latency:
    if not resource.custom or resource.external or resource.is_provider:
        return NOTHING
    return latency_of(resource.type, resource.plain_inputs)


def _finish_times(
    world: World, latencies: Mapping[str, Latency], without: tuple[str, str] = ("", "")
) -> tuple[dict[str, float], dict[str, str]]:
    """When each resource is there, and which one it waited for longest. `without` leaves one edge out: (who, for
    what)."""
    finish: dict[str, float] = {}
    via: dict[str, str] = {}
    for resource in world.resources:
        starts, awaited = 0.0, ""
        for urn in world.edges_of(resource):
            if (resource.urn, urn) != without and finish.get(urn, 0.0) > starts:
                starts, awaited = finish[urn], urn
        finish[resource.urn] = starts + latencies[resource.urn].minutes
        via[resource.urn] = awaited
    return finish, via


def _savings(
    world: World, latencies: Mapping[str, Latency], path: list[DeploymentStep], total: float
) -> tuple[Saving, ...]:
    found: list[Saving] = []
    for before, step in itertools.pairwise(path):
        resource = world.by_urn[step.urn]
        if _only_asked(resource, before.urn):
            finish, _ = _finish_times(world, latencies, (step.urn, before.urn))
            found.append(Saving(step.urn, before.urn, total - max(finish.values())))
    for step in sorted(path, key=lambda item: (-item.minutes, item.urn))[:3]:
        finish, _ = _finish_times(world, {**latencies, step.urn: NOTHING})
        found.append(Saving(step.urn, "", total - max(finish.values())))
    worth = [saving for saving in found if saving.minutes >= _WORTH_SAYING_MINUTES]
    return tuple(sorted(worth, key=lambda saving: (-saving.minutes, saving.urn, saving.waits_for))[:3])


def _only_asked(resource: Resource, urn: str) -> bool:
    """Whether only `depends_on` makes it wait: no property, parent or provider does."""
    used = {target for targets in resource.property_dependencies.values() for target in targets}
    return urn in resource.dependencies and urn not in {*used, resource.parent, resource.provider_urn}
