"""A node's system disk on the machine itself must find room there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.vm_sizes import vm_size
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.type == tokens.AGENT_POOL:
        yield from _pool("", dict(resource.plain_inputs))
        return
    for index, pool in enumerate(resource.items("agentPoolProfiles")):
        yield from _pool(f"agentPoolProfiles[{index}].", pool)


def _pool(prefix: str, pool: Mapping[str, object]) -> Iterator[Violation]:
    size = vm_size(str(pool.get("vmSize", "")))
    if pool.get("osDiskType") != "Ephemeral" or size is None or size.local_disk_gib is None:
        return
    room, asked = size.local_disk_gib, pool.get("osDiskSizeGB")
    if not room:
        yield Violation(
            f"{prefix}osDiskType",
            f"{size.name} has no disk of its own; use a size with a 'd' (Standard_D4ds_v5) or Managed",
        )
    elif isinstance(asked, int) and asked > room:
        yield Violation(
            f"{prefix}osDiskSizeGB", f"{asked} GiB do not fit {size.name}, which has {room:g}; ask for less"
        )


RULE = Rule(
    id="AKS014",
    service="AKS",
    title="an ephemeral system disk fits the machine",
    applies_to=(tokens.AKS, tokens.AGENT_POOL),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/virtual-machines/ephemeral-os-disks",
    check=_check,
    trips=Case(
        (declare(tokens.AGENT_POOL, {"vmSize": "Standard_D8s_v5", "osDiskType": "Ephemeral"}),),
    ),
    passes=Case(
        (
            declare(
                tokens.AGENT_POOL,
                {"vmSize": "Standard_D4ds_v5", "osDiskType": "Ephemeral", "osDiskSizeGB": 128},
            ),
        ),
    ),
)
