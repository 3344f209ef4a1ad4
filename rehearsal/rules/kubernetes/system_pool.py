"""A cluster starts with a system pool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_FIRST = "agentPoolProfiles[0]"

_LEAST_PODS_OF_A_NODE = 10
_LEAST_PODS = 30
"""Of all nodes of the pool together."""


def system_pools(resource: Resource) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Each system pool that a cluster or a pool of its own declares, after the prefix of its paths."""
    if resource.type == tokens.AGENT_POOL:
        if resource.text("mode") == "System":
            yield "", dict(resource.plain_inputs)
        return
    for index, pool in enumerate(resource.items("agentPoolProfiles")):
        if pool.get("mode") == "System":
            yield f"agentPoolProfiles[{index}].", pool


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    pools = list(system_pools(resource))
    if resource.type == tokens.AKS and resource.items("agentPoolProfiles") and not pools:
        yield Violation(
            "agentPoolProfiles", "no pool has mode 'System'; a template must say so of at least one"
        )
    for prefix, pool in pools:
        yield from _pool(prefix, pool)


def _pool(prefix: str, pool: Mapping[str, object]) -> Iterator[Violation]:
    if pool.get("osType", "Linux") != "Linux":
        yield Violation(f"{prefix}osType", "a system pool runs Linux: leave this out")
    pods, nodes = pool.get("maxPods"), pool.get("count")
    if isinstance(pods, int) and pods < _LEAST_PODS_OF_A_NODE:
        yield Violation(
            f"{prefix}maxPods", f"{pods} is below {_LEAST_PODS_OF_A_NODE}, the least for a node: raise it"
        )
    elif isinstance(pods, int) and isinstance(nodes, int) and pods * nodes < _LEAST_PODS:
        yield Violation(
            f"{prefix}maxPods",
            f"{nodes} nodes with {pods} pods each have room for {pods * nodes}: raise one of them, the system needs "
            f"{_LEAST_PODS}",
        )
    if pool.get("scaleSetPriority") == "Spot":
        yield Violation(f"{prefix}scaleSetPriority", "a system pool cannot run on spot nodes: leave this out")


RULE = Rule(
    id="AKS001",
    service="AKS",
    title="the system pool is marked as such, runs Linux, is no spot pool and has room for 30 pods",
    applies_to=(tokens.AKS, tokens.AGENT_POOL),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/aks/use-system-pools; Azure/AKS issue 1422 (pods)",
    check=_check,
    trips=Case((declare(tokens.AKS, {f"{_FIRST}.scaleSetPriority": "Spot"}),)),
    passes=Case((declare(tokens.AKS, {f"{_FIRST}.maxPods": 30}),)),
)
