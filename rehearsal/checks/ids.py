"""ARM ids where names are wanted, and ids of another type than the property means."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import property_targets
from azure_facts.arm_id_parsing import arm_type_of, is_arm_id, levels
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.templates import placeholders
from rehearsal.model.finding import Finding
from rehearsal.model.paths import split_path, strings
from rehearsal.model.resource import Resource
from rehearsal.model.unknown_texts import holds_unknown
from rehearsal.model.world import World

_NO_NAMES = frozenset({"scope", "resourceUri", "subscriptionId", "id"})
"""Parts of an id that are ids themselves."""


def check_names_and_ids(world: World) -> Iterator[Finding]:
    """Refuses an ARM id where a name is wanted (GEN303), and one of a type that the property does not mean (GEN304)."""
    for resource in world.resources:
        if not resource.custom or resource.external or resource.package != "azure-native":
            continue
        yield from _ids_for_names(resource)
        yield from _wrong_types(resource, world)


def _is_guess(arm_id: str, world: World) -> bool:
    """Whether this stack declares it as a type outside the catalogue, whose ids are guesses."""
    known = world.by_id.get(arm_id)
    return known is not None and known.type not in CATALOGUE


def _ids_for_names(resource: Resource) -> Iterator[Finding]:
    known = CATALOGUE.get(resource.type)
    names = {"resourceGroupName", *(placeholders(known.path) if known else ())} - _NO_NAMES
    for name in sorted(name for name in names if name.isidentifier()):
        text = resource.text(name)
        if is_arm_id(text):
            yield Finding(
                urn=resource.urn,
                rule="GEN303",
                path=name,
                message=f"a name is wanted, and this is an id: pass the resource's name, '{text.rpartition('/')[2]}'",
                status=404,
                code="InvalidResourceNamespace",
                source="by type: its ARM id's own form",
            )


def _wrong_types(resource: Resource, world: World) -> Iterator[Finding]:
    own = arm_type_of(resource.id).lower()
    for path, text, _ in strings(dict(resource.inputs)):
        if not is_arm_id(text) or holds_unknown(text) or path.startswith("tags"):
            continue
        if any(_is_guess(level, world) for level in levels(text)):
            continue
        steps = [step for step in split_path(path) if isinstance(step, str)]
        meant = property_targets.TARGETS_OF_TYPES.get((own, path)) or property_targets.PROPERTY_TARGETS.get(
            steps[-1]
        )
        found = arm_type_of(text)
        if meant and found.lower() not in meant:
            yield Finding(
                urn=resource.urn,
                rule="GEN304",
                path=path,
                message=f"the id of a {meant[0]} is wanted, and this is that of a {found or 'group'}",
                status=400,
                code="LinkedInvalidPropertyId",
                source=str(property_targets.SOURCE),
            )
