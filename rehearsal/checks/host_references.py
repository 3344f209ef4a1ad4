"""References by host name: storage URLs, `abfss://` paths, vault URIs, server names, in values and in keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rehearsal.cloud.catalogue.host_names import HOST_NAME, HOST_NAMES, NOT_FOLLOWED
from rehearsal.model.paths import child
from rehearsal.model.resource import Resource
from rehearsal.model.values import Secret
from rehearsal.model.world import World

Targets = Callable[[Resource], Iterator[tuple[str, Resource]]]


def host_targets(world: World) -> Targets:
    """A function that finds, for one resource, the registered resources whose hosts its inputs name, with the path."""
    hosts = {
        host.format(name).lower(): resource
        for token, (path, patterns) in HOST_NAMES.items()
        for resource in world.of_types((token,))
        if (name := resource.text(path))
        for host in patterns
    }

    def targets(resource: Resource) -> Iterator[tuple[str, Resource]]:
        for path, text in _texts(dict(resource.inputs), "") if hosts else ():
            for container, host in HOST_NAME.findall(text):
                target = hosts.get(host.lower())
                if target is None or target is resource:
                    continue
                yield path, target
                below = (
                    world.find(f"{target.id}/blobServices/default/containers/{container}")
                    if container
                    else None
                )
                if below is not None and below is not resource:
                    yield path, below

    return targets


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Values and keys that may hold a host; Spark settings have accounts in their keys."""
    if isinstance(value, Secret):
        value = value.value
    if isinstance(value, str):
        if "." in value:
            yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            name = str(key)
            if name in NOT_FOLLOWED:
                continue
            if name.count(".") > 1:
                yield child(path, name), name
            yield from _texts(item, child(path, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, f"{path}[{index}]")
