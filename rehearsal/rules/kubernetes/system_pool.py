"""A cluster starts with a system pool that can carry it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.vm_sizes import vm_size
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_LEAST_VCPUS = 4
_FIRST = "agentPoolProfiles[0]"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.type == tokens.AGENT_POOL:
        if resource.text("mode") == "System":
            yield from _pool("", dict(resource.plain_inputs))
        return
    pools = resource.items("agentPoolProfiles")
    system = [(index, pool) for index, pool in enumerate(pools) if pool.get("mode") == "System"]
    if pools and not system:
        yield Violation(
            "agentPoolProfiles", "no pool has mode 'System'; a template must say so of at least one"
        )
    for index, pool in system:
        yield from _pool(f"agentPoolProfiles[{index}].", pool)


def _pool(prefix: str, pool: Mapping[str, object]) -> Iterator[Violation]:
    size = vm_size(str(pool.get("vmSize", "")))
    if size and (size.series == "B" or size.vcpus < _LEAST_VCPUS):
        yield Violation(
            f"{prefix}vmSize",
            f"{size.name} cannot carry a system pool; use {_LEAST_VCPUS} vCPU or more, and no B-series",
        )
    if pool.get("osType", "Linux") != "Linux":
        yield Violation(f"{prefix}osType", "a system pool runs Linux")
    pods = pool.get("maxPods")
    if isinstance(pods, int) and pods < 30:
        yield Violation(f"{prefix}maxPods", f"{pods} is too few for a system pool; use 30 or more")
    if pool.get("scaleSetPriority") == "Spot":
        yield Violation(f"{prefix}scaleSetPriority", "a system pool cannot run on spot nodes")


RULE = Rule(
    id="AKS001",
    service="AKS",
    title="the system pool is marked as such and large enough",
    applies_to=(tokens.AKS, tokens.AGENT_POOL),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/aks/use-system-pools",
    check=_check,
    trips=Case((declare(tokens.AKS, {f"{_FIRST}.vmSize": "Standard_B4ms"}),)),
    passes=Case((declare(tokens.AKS, {f"{_FIRST}.maxPods": 30}),)),
)
