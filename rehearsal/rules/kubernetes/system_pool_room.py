"""A system pool's size is one that AKS supports for it."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.vm_sizes import vm_size
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.system_pool import system_pools
from rehearsal.rules.rule import Case, Rule, Violation

_SUPPORTED_VCPUS = 4


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for prefix, pool in system_pools(resource):
        size = vm_size(str(pool.get("vmSize", "")))
        if size and (size.series == "B" or size.vcpus < _SUPPORTED_VCPUS):
            yield Violation(
                f"{prefix}vmSize",
                f"{size.name} is not supported for a system pool, whose pods may not find room; use "
                f"{_SUPPORTED_VCPUS} vCPU or more, and no B-series",
            )


RULE = Rule(
    id="AKS357",
    service="AKS",
    title="a node of a system pool has 4 vCPU and is not of the B-series",
    applies_to=(tokens.AKS, tokens.AGENT_POOL),
    status=0,
    code="",
    source=(
        "learn.microsoft.com azure/aks/use-system-pools (required); MicrosoftDocs/azure-docs issue 121181 (taken all "
        "the same)"
    ),
    severity=Severity.WARNING,
    check=_check,
    trips=Case((declare(tokens.AKS, {"agentPoolProfiles[0].vmSize": "Standard_B4ms"}),)),
    passes=Case((declare(tokens.AKS, {"agentPoolProfiles[0].vmSize": "Standard_D4s_v5"}),)),
)
