"""The resources of a rehearsed program, sent to running providers as the engine would send them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pulumi.runtime.proto import provider_pb2

from rehearsal.model.resource import Resource
from rehearsal.model.values import UNKNOWN, Secret
from rehearsal.model.wire import to_struct
from tests.infra.platforms import rehearsed
from tests.rehearsal.provider.recorded import Connections


class Program:
    """A rehearsed program's resources, sent one after the other by one connection per provider."""

    def __init__(self, engine: Connections, stack: str) -> None:
        self.resources = [
            resource
            for resource in rehearsed(stack).world.resources
            if resource.custom and not resource.external
        ]
        self._engine = engine
        self._connections: dict[str, Connections] = {}

    def made(self) -> dict[str, Any]:
        return {
            resource.urn: self.create(resource)
            for resource in self.resources
            if not self.configured(resource)
        }

    def create(self, resource: Resource) -> Any:
        request = provider_pb2.CreateRequest(
            urn=resource.urn,
            type=resource.type,
            name=resource.name,
            properties=to_struct(resource.inputs),
        )
        return self.call(resource, "Create", request)

    def configured(self, resource: Resource) -> bool:
        if not resource.is_provider:
            return False
        connection = self._connections[resource.urn] = Connections(self._engine.running)
        request = provider_pb2.ConfigureRequest(urn=resource.urn, args=to_struct(resource.inputs))
        connection.call(resource.package, "Configure", request)
        return True

    def call(self, resource: Resource, method: str, request: Any) -> Any:
        connection = self._connections.get(resource.provider_urn, self._engine)
        return connection.call(resource.package, method, request)

    def close(self) -> None:
        for connection in self._connections.values():
            connection.close()


def unknown_paths(value: object, path: str = "") -> Iterator[str]:
    if value is UNKNOWN:
        yield path
    elif isinstance(value, Secret):
        yield from unknown_paths(value.value, path)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from unknown_paths(item, f"{path}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from unknown_paths(item, path)
