"""A pool's bounds go with its autoscaler, and its count is always sent on create."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.type == tokens.AGENT_POOL:
        yield from _pool("", dict(resource.plain_inputs))
        return
    for index, pool in enumerate(resource.items("agentPoolProfiles")):
        yield from _pool(f"agentPoolProfiles[{index}].", pool)


def _pool(prefix: str, pool: Mapping[str, object]) -> Iterator[Violation]:
    low, high = pool.get("minCount"), pool.get("maxCount")
    if pool.get("count") is None:
        yield Violation(
            f"{prefix}count", "must be sent on create, with the autoscaler too (then ignore its changes)"
        )
    if not pool.get("enableAutoScaling"):
        for name in ("minCount", "maxCount"):
            if pool.get(name) is not None:
                yield Violation(f"{prefix}{name}", "only with enableAutoScaling; leave it out")
    elif not isinstance(low, int) or not isinstance(high, int):
        yield Violation(f"{prefix}minCount", "enableAutoScaling needs minCount and maxCount")
    elif low > high:
        yield Violation(f"{prefix}minCount", f"{low} is above maxCount {high}")


RULE = Rule(
    id="AKS002",
    service="AKS",
    title="bounds only with the autoscaler, count always",
    applies_to=(tokens.AKS, tokens.AGENT_POOL),
    status=400,
    code="InvalidParameter",
    source=(
        "pulumi/pulumi-azure-native issue 2943; pulumi/pulumi-azure issue 780; "
        "learn.microsoft.com azure/aks/cluster-autoscaler"
    ),
    check=_check,
    trips=Case((declare(tokens.AGENT_POOL, {"enableAutoScaling": REMOVE}),)),
    passes=Case((declare(tokens.AGENT_POOL),)),
)
