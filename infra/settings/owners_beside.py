"""What a stack grants to others or owns for them, against the stack files that lie beside it.

The reader's side of the same is in `cross_environment.py`. Everything here deploys, so that it is told and not refused:
a right that nobody uses, and a second registry where one was meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from infra.settings.access import CrossEnvironmentReader, PrincipalType
from infra.settings.base import Problem
from infra.settings.platform import PlatformSettings

Stacks = Mapping[str, PlatformSettings]
"""Valid stack files of one folder, by their environment's name."""


def owner_warnings(owner: PlatformSettings, others: Stacks) -> Iterator[Problem]:
    """Readers that `owner` lets in though their stack does not read here, and other owners of a registry."""
    yield from _unused_grants(owner, others)
    yield from _second_registries(owner, others)


def _unused_grants(owner: PlatformSettings, others: Stacks) -> Iterator[Problem]:
    for key, entry in owner.access.cross_environment_readers.items():
        reader = others.get(entry.environment)
        if reader is None or reader.environment.workload != owner.environment.workload:
            continue
        path = f"access.cross_environment_readers.{key}"
        reads = reader.access.reads_from.get(owner.environment.name)
        if reads is None:
            yield Problem(
                path,
                f"lets {entry.environment} read, whose stack names no access.reads_from.{owner.environment.name}; add "
                "it there, or remove this",
            )
            continue
        # What a pipeline reads with is not in its stack's settings: the gate has a principal of its own.
        if entry.principal_type is PrincipalType.GROUP:
            yield from _group(path, entry, reader, owner)
        missing = sorted(set(entry.scopes) - set(reads.scopes))
        if missing and entry.principal_type is PrincipalType.GROUP:
            yield Problem(
                f"{path}.scopes",
                f"names {', '.join(missing)}, which {entry.environment} does not read; remove it, or add it to "
                f"access.reads_from.{owner.environment.name}.scopes there",
            )


def _group(
    path: str, entry: CrossEnvironmentReader, reader: PlatformSettings, owner: PlatformSettings
) -> Iterator[Problem]:
    reads = reader.access.reads_from[owner.environment.name]
    groups = {reader.access.personas[persona].object_id for persona in reads.personas}
    if entry.object_id not in groups:
        yield Problem(
            f"{path}.object_id",
            f"is {entry.object_id}, the group of no persona that reads from {entry.environment}; give the group's new "
            "id, or remove this",
        )


def _second_registries(owner: PlatformSettings, others: Stacks) -> Iterator[Problem]:
    if owner.promotion is None or owner.promotion.registry is None:
        return
    for name, other in others.items():
        same = other.environment.workload == owner.environment.workload
        if same and other.promotion is not None and other.promotion.registry is not None:
            yield Problem(
                "promotion.registry",
                f"is made by stack {name} too, so that models have two registries; leave it to one of the two, and "
                "let the other read it (access.reads_from with scope ml-registry)",
            )
