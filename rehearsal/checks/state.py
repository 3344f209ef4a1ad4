"""Names and ids that may exist once: within the run, and in the whole world where the name is a DNS label."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.catalogue.uniqueness import UNIQUE_NAMES
from rehearsal.model.finding import Finding
from rehearsal.model.resource import Resource
from rehearsal.model.world import World

_PROVIDER = "pulumi-azure-native 3.29.0: create reads the id first"


def check_state(world: World) -> Iterator[Finding]:
    """Refuses the second resource of an ARM id (STA001) and of a name that is unique beyond its parent
    (STA002)."""
    ids: dict[str, Resource] = {}
    names: dict[tuple[str, str], Resource] = {}
    for resource in sorted(world.resources, key=lambda item: item.order):
        if not resource.custom or resource.external or resource.package != "azure-native":
            continue
        # The id of a type outside the catalogue is a guess: two that look alike may be two.
        first = ids.setdefault(resource.id.lower(), resource) if resource.type in CATALOGUE else resource
        if first is not resource:
            yield _already_exists(resource, first)
            continue
        unique = UNIQUE_NAMES.get(resource.type)
        if unique is None or not resource.text(unique.property):
            continue
        key = (unique.space, resource.text(unique.property).lower())
        owner = names.setdefault(key, resource)
        if owner is not resource:
            yield Finding(
                urn=resource.urn,
                rule="STA002",
                path=unique.property,
                message=f"the name '{resource.text(unique.property)}' is taken by {owner.urn}; names of this kind are "
                f"unique {unique.scope}",
                status=409,
                code=unique.code,
                source=unique.source,
            )


def _already_exists(resource: Resource, first: Resource) -> Finding:
    return Finding(
        urn=resource.urn,
        rule="STA001",
        path="",
        message=f"cannot create already existing resource '{resource.id}' ({first.urn} creates it); give it another "
        "name, or adopt it with import_",
        status=409,
        code="Conflict",
        source=_PROVIDER,
    )
