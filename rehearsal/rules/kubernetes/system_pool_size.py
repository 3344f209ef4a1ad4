"""A system pool's size is not the smallest."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.vm_sizes import vm_size
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.system_pool import system_pools
from rehearsal.rules.rule import Case, Rule, Violation

_LEAST_VCPUS = 2
"""The refusal says "more than 2 cores"; sizes with 2 are taken, those with 1 are not (azure-dev-docs issue 213)."""


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for prefix, pool in system_pools(resource):
        size = vm_size(str(pool.get("vmSize", "")))
        if size and size.vcpus < _LEAST_VCPUS:
            yield Violation(
                f"{prefix}vmSize", f"{size.name} cannot carry a system pool; use {_LEAST_VCPUS} vCPU or more"
            )


RULE = Rule(
    id="AKS358",
    service="AKS",
    title="a node of a system pool has 2 vCPU at least",
    applies_to=(tokens.AKS, tokens.AGENT_POOL),
    status=400,
    code="SystemPoolSkuTooLow",
    source="MicrosoftDocs/azure-dev-docs issues 213 and 216 (code and text); MicrosoftDocs/azure-docs issue 121181",
    check=_check,
    trips=Case((declare(tokens.AKS, {"agentPoolProfiles[0].vmSize": "Standard_DS1_v2"}),)),
    passes=Case((declare(tokens.AKS, {"agentPoolProfiles[0].vmSize": "Standard_DS2_v2"}),)),
)
