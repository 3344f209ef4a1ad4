"""Reading another environment's data: the owner grants, the reader computes ids, and neither waits for the other.

No stack reads another stack's outputs, so there is no order between them and no circle. Where both stack
files are in the folder, their settings are compared offline.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from azure_facts.arm_ids import ArmScope, child_id
from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming
from infra.settings.access import Access, CrossEnvironmentScope, ReadsFrom
from infra.settings.base import Problem
from infra.settings.environment import Azure, Environment
from infra.settings.environment_roads import ReadTarget, read_targets, road_problems
from infra.settings.platform import PlatformSettings


@dataclass(frozen=True)
class Place:
    """What an environment's names and ids follow from."""

    workload: str
    environment: str
    subscription_id: str
    location: str
    nonce: str = ""
    """Of an environment that comes and goes; a reader cannot know it, and gives the account's id instead."""


def readable_ids(
    access: Access, environment: Environment, azure: Azure
) -> Mapping[str, Mapping[CrossEnvironmentScope, str]]:
    """The ARM ids that this stack reads elsewhere: other environment's name -> scope -> id."""
    return {
        name: {scope: _readable_id(scope, reads, _place(name, reads, environment, azure)) for scope in scopes}
        for name, reads in access.reads_from.items()
        for scopes in (reads.scopes,)
    }


def targets_read(
    access: Access, environment: Environment, azure: Azure, wanted: Callable[[ReadsFrom], bool]
) -> Iterator[ReadTarget]:
    """The targets of private endpoints in the environments whose entry is `wanted`."""
    ids = readable_ids(access, environment, azure)
    return read_targets(access.reads_from, lambda name, scope: ids[name][scope], wanted)


def owned_id(scope: CrossEnvironmentScope, place: Place, generation: int = 1) -> str:
    """The ARM id of `scope` in the environment at `place`: what its own stack computes."""
    naming = Naming(
        workload=place.workload,
        environment=place.environment,
        location=place.location,
        unique_seed=place.subscription_id,
        nonce=place.nonce,
    )
    arm = ArmScope(place.subscription_id, naming.name(ResourceKind.RESOURCE_GROUP))
    match scope:
        case CrossEnvironmentScope.ML_STORAGE:
            return arm.storage_account_id(
                naming.name(ResourceKind.STORAGE_ACCOUNT, "ml", generation=generation)
            )
        case CrossEnvironmentScope.ML_WORKSPACE:
            return arm.ml_workspace_id(naming.name(ResourceKind.ML_WORKSPACE, generation=generation))
        case CrossEnvironmentScope.ML_REGISTRY:
            return arm.ml_registry_id(naming.name(ResourceKind.ML_REGISTRY, generation=generation))
        case _:
            lake = arm.storage_account_id(naming.name(ResourceKind.DATA_LAKE, generation=generation))
            return _zone_id(lake, scope.removeprefix("lake-"))


def owners_in(
    reader: PlatformSettings, folder: Path, load_owner: Callable[[Path], PlatformSettings | None]
) -> Iterator[PlatformSettings]:
    """The environments that `reader` reads and whose stack files lie in `folder`; `load_owner` gives None for a file
    that is refused, which is told where that stack is loaded."""
    for name in reader.access.reads_from:
        path = folder / f"Pulumi.{name}.yaml"
        owner = load_owner(path) if path.is_file() else None
        if owner is not None:
            yield owner


def disagreements(reader: PlatformSettings, owner: PlatformSettings) -> Iterator[Problem]:
    """Where what `reader` wants to read is not what `owner` has, or lets it: the reader's key, and what would be right.

    Empty when the reader names another environment than the owner's, or that of another workload.
    """
    yield from contradictions(reader, owner)
    yield from missing_grants(reader, owner)


def missing_grants(reader: PlatformSettings, owner: PlatformSettings) -> Iterator[Problem]:
    """Readers without a grant of the owner yet. This is allowed: a new environment is deployed before others
    know it."""
    reads = _reads(reader, owner)
    if reads is None:
        return
    for scope in reads.scopes:
        yield from _readers(f"access.reads_from.{owner.environment.name}", reads, reader, owner, scope)


def _reads(reader: PlatformSettings, owner: PlatformSettings) -> ReadsFrom | None:
    reads = reader.access.reads_from.get(owner.environment.name)
    if reads is None or (reads.workload or reader.environment.workload) != owner.environment.workload:
        return None
    return reads


def contradictions(reader: PlatformSettings, owner: PlatformSettings) -> Iterator[Problem]:
    """Ids, subscriptions, scopes or roads that are wrong in any case, with or without grants."""
    name = owner.environment.name
    reads = _reads(reader, owner)
    if reads is None:
        return
    key = f"access.reads_from.{name}"
    if reads.subscription_id != owner.azure.subscription_id:
        yield Problem(
            f"{key}.subscription_id",
            f"is {reads.subscription_id}; {name} is in {owner.azure.subscription_id}",
        )
    yield from road_problems(reader, owner, reads)
    place = _place(name, reads, reader.environment, reader.azure)
    for scope in reads.scopes:
        actual = _actual_id(scope, owner)
        if actual is None:
            yield Problem(f"{key}.scopes", f"names {scope}, which {name} does not have; remove it")
        elif actual.lower() != _readable_id(scope, reads, place).lower():
            yield Problem(key, f"gives another id for {scope} than {name} has; it is {actual}")


def _readers(
    key: str,
    reads: ReadsFrom,
    reader: PlatformSettings,
    owner: PlatformSettings,
    scope: CrossEnvironmentScope,
) -> Iterator[Problem]:
    """Everybody who reads is let in by the owner, with the object id that this side has."""
    name = owner.environment.name
    groups = {persona: reader.access.personas[persona].object_id for persona in reads.personas}
    named = [
        *((f"{key}.personas", f"names {persona}", "group", found) for persona, found in groups.items()),
        *((f"{key}.jobs.{jobs}", f"is {found}", "object id", found) for jobs, found in reads.jobs.items()),
    ]
    for path, start, what, object_id in named:
        if not _lets(owner, reader, object_id, scope):
            yield Problem(
                path,
                f"{start}, whom {name} does not let read {scope}; add its {what} {object_id} to {name}'s "
                "access.cross_environment_readers, or remove it",
            )


def _lets(
    owner: PlatformSettings, reader: PlatformSettings, object_id: str, scope: CrossEnvironmentScope
) -> bool:
    return any(
        entry.environment == reader.environment.name
        and entry.object_id == object_id
        and scope in entry.scopes
        for entry in owner.access.cross_environment_readers.values()
    )


def _place(name: str, reads: ReadsFrom, environment: Environment, azure: Azure) -> Place:
    return Place(
        workload=reads.workload or environment.workload,
        environment=name,
        subscription_id=reads.subscription_id,
        location=reads.location or azure.location,
    )


def _readable_id(scope: CrossEnvironmentScope, reads: ReadsFrom, place: Place) -> str:
    if scope is CrossEnvironmentScope.ML_STORAGE:
        return reads.ml_storage_account_id or owned_id(scope, place)
    if reads.lake_account_id and scope.startswith("lake-"):
        return _zone_id(reads.lake_account_id, scope.removeprefix("lake-"))
    return owned_id(scope, place)


def _zone_id(lake: str, zone: str) -> str:
    return child_id(lake, "blobServices", "default", "containers", zone)


def _actual_id(scope: CrossEnvironmentScope, owner: PlatformSettings) -> str | None:
    place = Place(
        owner.environment.workload,
        owner.environment.name,
        owner.azure.subscription_id,
        owner.azure.location,
        owner.environment.nonce,
    )
    if scope is CrossEnvironmentScope.ML_STORAGE:
        if owner.ml is None:
            return None
        account = owner.ml.workspace.storage_account
        return account.existing_resource_id or owned_id(scope, place, account.generation)
    if scope is CrossEnvironmentScope.ML_WORKSPACE:
        return owned_id(scope, place, owner.ml.workspace.generation) if owner.ml else None
    if scope is CrossEnvironmentScope.ML_REGISTRY:
        registry = owner.promotion and owner.promotion.registry
        return owned_id(scope, place, registry.generation) if registry else None
    zone = scope.removeprefix("lake-")
    # Both sides say what they mean by the zone's key, so that neither needs the other's settings.
    if owner.lake is None or zone not in owner.lake.zones:
        return None
    if owner.lake.existing_resource_id:
        return _zone_id(owner.lake.existing_resource_id, zone)
    return owned_id(scope, place, owner.lake.generation)
