"""Private endpoint connections: no program declares them, the service makes one for each private endpoint.

A connection that is asked for by `privateLinkServiceConnections` is approved at once, one of
`manualPrivateLinkServiceConnections` waits for its approval
(learn.microsoft.com azure/private-link/private-endpoint-overview, Access to a private link resource using approval
workflow, read 2026-11-30).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rehearsal.azure_policy.subject import Subject
from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.json_values import objects_at, text_at
from rehearsal.model.values import JsonObject

_ENDPOINTS = "microsoft.network/privateendpoints"
_LISTS = {"privateLinkServiceConnections": "Approved", "manualPrivateLinkServiceConnections": "Pending"}


def connections(subjects: Iterable[Subject]) -> Mapping[str, Sequence[JsonObject]]:
    """The connections that each resource of the stack will have, by its id in lower case."""
    found: dict[str, list[JsonObject]] = {}
    for subject in subjects:
        if subject.type.lower() == _ENDPOINTS:
            for target, connection in _connections(subject):
                found.setdefault(target.lower(), []).append(connection)
    return found


def _connections(endpoint: Subject) -> Iterator[tuple[str, JsonObject]]:
    for key, status in _LISTS.items():
        for one in objects_at(endpoint.resource.body, f"properties.{key}"):
            target = text_at(one, "properties.privateLinkServiceId") or text_at(one, "privateLinkServiceId")
            name = endpoint.full_name.rpartition("/")[2]
            yield (
                target,
                {
                    "id": f"{target}/privateEndpointConnections/{name}",
                    "name": name,
                    "properties": {
                        "privateEndpoint": {"id": endpoint.resource.id},
                        "privateLinkServiceConnectionState": {"status": status},
                    },
                },
            )


def after_deployment(subject: Subject, made: Mapping[str, Sequence[JsonObject]]) -> Subject:
    """The resource as it is audited: with the connections that the service has made by then."""
    found = made.get(subject.id)
    properties = subject.resource.body.get("properties")
    if not found or not isinstance(properties, dict):
        return subject
    return subject.with_body(
        {**subject.resource.body, "properties": {**properties, "privateEndpointConnections": list(found)}}
    )


def as_resources(subject: Subject, made: Mapping[str, Sequence[JsonObject]]) -> Iterator[Subject]:
    """The connections of a resource as resources of their own."""
    for one in made.get(subject.id, ()):
        name = text_at(one, "name")
        yield Subject(
            ArmResource(
                urn=subject.resource.urn,
                id=text_at(one, "id"),
                type=f"{subject.type}/privateEndpointConnections",
                name=f"{subject.full_name}/{name}",
                api_version=subject.resource.api_version,
                scope=subject.resource.scope,
                body={"properties": one["properties"]},
            ),
            supports_tags=False,
        )
