"""The table of ARM bodies as a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from azure_facts.arm_id_parsing import arm_type_of
from rehearsal.cloud.catalogue.entry import ResourceType
from rehearsal.export.deriving.exceptions import ARM_TYPES, QUERY
from rehearsal.export.deriving.matching import Matcher
from rehearsal.export.deriving.wire_types import WireType, WireTypes
from rehearsal.sdk import resource_shape


@dataclass
class Derived:
    """The rows, and which inputs fit nowhere."""

    resources: dict[str, Mapping[str, object]] = field(default_factory=dict)
    objects: dict[str, Mapping[str, object]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def derive(entries: Iterable[ResourceType], wire_types: WireTypes) -> Derived:
    """The rows of all types. Raises `WireTypesError` for one that is not published."""
    derived = Derived()
    matchers: dict[str, Matcher] = {}
    for entry in entries:
        module = entry.token.split(":")[1]
        matcher = matchers.setdefault(module, Matcher(module))
        shape = resource_shape(entry.token)
        if shape is None or shape.api_version is None:
            continue  # the provider makes it without a PUT of its own
        body = wire_types.body(published_type(entry), shape.api_version)
        outside = frozenset(_placeholders(entry.path)) | QUERY.get(entry.token, frozenset())
        matched = matcher.resource(shape.arguments, body, outside, shape.class_name)
        derived.resources[entry.token] = {
            "apiVersion": shape.api_version,
            "places": _grouped((name, place.path) for name, place in matched.places.items()),
            **_named("sets", matched.sets),
            **_named("lists", matched.lists),
            **({"containers": "properties"} if _needs_properties(body, shape.inputs) else {}),
        }
    for module, matcher in matchers.items():
        derived.problems += matcher.problems
        for name, matched in matcher.objects.items():
            moved = _grouped(
                (each, place.path) for each, place in matched.places.items() if place.path != (each,)
            )
            row: Mapping[str, object] = {
                **({"places": moved} if moved else {}),
                **_named("sets", matched.sets),
                **_named("lists", matched.lists),
            }
            if row:
                derived.objects[f"{module}:{name}"] = row
    return derived


def published_type(entry: ResourceType) -> str:
    """The ARM type under which Azure publishes the body."""
    arm_type = arm_type_of(entry.path)
    return ARM_TYPES.get(arm_type, arm_type)


def _placeholders(path: str) -> Iterator[str]:
    for piece in path.split("{")[1:]:
        yield piece.partition("}")[0].partition("[")[0]


def _needs_properties(body: WireType, inputs: Mapping[str, object]) -> bool:
    """Whether the body must have `properties` and the SDK has taken them out."""
    properties = body.properties.get("properties")
    return properties is not None and properties.is_required and "properties" not in inputs


def _grouped(places: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    by_container: dict[str, list[str]] = {}
    for name, path in places:
        sent = name if path[-1] == name else f"{name}={path[-1]}"
        by_container.setdefault(".".join(path[:-1]), []).append(sent)
    return {container: " ".join(sorted(names)) for container, names in sorted(by_container.items())}


def _named(key: str, names: frozenset[str]) -> dict[str, str]:
    return {key: " ".join(sorted(names))} if names else {}
