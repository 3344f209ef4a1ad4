"""A cluster starts with a system pool that can carry it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_SMALL = re.compile(r"Standard_(?:B|A)\w*|Standard_[A-Z]+[12]a?[a-z]*(?:_v\d+)?", re.IGNORECASE)
_FIRST = "agentPoolProfiles[0]"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    pools = resource.items("agentPoolProfiles")
    system = [(index, pool) for index, pool in enumerate(pools) if pool.get("mode") == "System"]
    if pools and not system:
        yield Violation(
            "agentPoolProfiles", "no pool has mode 'System'; a template must say so of at least one"
        )
    for index, pool in system:
        path = f"agentPoolProfiles[{index}]"
        size = str(pool.get("vmSize", ""))
        if _SMALL.fullmatch(size):
            yield Violation(
                f"{path}.vmSize", f"{size} may not carry a system pool; use 4 vCPU or more, and no B-series"
            )
        if pool.get("osType", "Linux") != "Linux":
            yield Violation(f"{path}.osType", "a system pool runs Linux")
        pods = pool.get("maxPods")
        if isinstance(pods, int) and pods < 30:
            yield Violation(f"{path}.maxPods", f"{pods} is too few for a system pool; use 30 or more")
        if pool.get("scaleSetPriority") == "Spot":
            yield Violation(f"{path}.scaleSetPriority", "a system pool cannot run on spot nodes")


RULE = Rule(
    id="AKS001",
    service="AKS",
    title="the system pool is marked as such and large enough",
    applies_to=(tokens.AKS,),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/aks/use-system-pools",
    check=_check,
    trips=Case((declare(tokens.AKS, {f"{_FIRST}.vmSize": "Standard_B4ms"}),)),
    passes=Case((declare(tokens.AKS, {f"{_FIRST}.maxPods": 30}),)),
)
