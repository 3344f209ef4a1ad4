"""References by something other than an ARM id: ids and names of Databricks objects, secrets in Spark
settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.catalogue.references import NAMED_REFERENCES, SECRET_REFERENCE, NamedReference
from rehearsal.cloud.templates import fill
from rehearsal.model.paths import split_path, strings, walk
from rehearsal.model.resource import Resource
from rehearsal.model.world import World

_SECRET = "databricks:index/secret:Secret"
_SCOPE = "databricks:index/secretScope:SecretScope"

Targets = Callable[[Resource], Iterator[tuple[str, Resource]]]


def named_targets(world: World) -> Targets:
    """A function that finds, for one resource, the registered objects that its inputs name, with the property
    path.

    The indexes are built once; a look-up costs the same however many resources there are.
    """
    opaque = _opaque_ids(world)
    by_source = _index(world)
    secrets = {resource.id: resource for resource in world.of_types((_SECRET,))}
    scopes = {resource.id: resource for resource in world.of_types((_SCOPE,))}

    def targets(resource: Resource) -> Iterator[tuple[str, Resource]]:
        for path, text, _ in strings(dict(resource.inputs)):
            target = opaque.get(text)
            if target is not None and target is not resource:
                yield path, target
            if "{{secrets/" in text:
                for scope, key in SECRET_REFERENCE.findall(text):
                    found = secrets.get(f"{scope}|||{key}") or scopes.get(scope)
                    if found is not None:
                        yield path, found
        for reference, index in by_source.get(resource.type, ()):
            for path, text in _texts(resource, reference):
                target = index.get(text)
                if target is not None and target is not resource:
                    yield path, target

    return targets


def _opaque_ids(world: World) -> Mapping[str, Resource]:
    """Databricks ids that only the service can make up, so that an equal text can mean nothing else."""
    found: dict[str, Resource] = {}
    for resource in world.resources:
        known = CATALOGUE.get(resource.type)
        if known is not None and known.has_opaque_id and resource.package == "databricks":
            found[resource.id] = resource
    return found


def _index(world: World) -> Mapping[str, list[tuple[NamedReference, Mapping[str, Resource]]]]:
    found: dict[str, list[tuple[NamedReference, Mapping[str, Resource]]]] = {}
    for reference in NAMED_REFERENCES:
        index = {_key(resource, reference.key): resource for resource in world.of_types((reference.target,))}
        if index:
            found.setdefault(reference.source, []).append((reference, index))
    return found


def _key(resource: Resource, key: str) -> str:
    if key == "id":
        return resource.id
    value = walk(resource.outputs, key) or resource.value(key)
    return value if isinstance(value, str) else ""


def _texts(resource: Resource, reference: NamedReference) -> Iterator[tuple[str, str]]:
    if reference.template:
        yield reference.path, str(fill(reference.template, resource.plain_inputs, resource.urn))
        return
    before, starred, after = reference.path.partition("[*].")
    if not starred:
        yield reference.path, resource.text(reference.path)
        return
    for index, item in enumerate(resource.items(before)):
        value = walk(item, after) if split_path(after) else None
        if isinstance(value, str):
            yield f"{before}[{index}].{after}", value
