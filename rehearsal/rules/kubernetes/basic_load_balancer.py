"""Basic load balancers and availability sets are gone."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("networkProfile.loadBalancerSku").lower() == "basic":
        yield Violation("networkProfile.loadBalancerSku", "Basic was retired on 2025-09-30; use 'standard'")
    for index, pool in enumerate(resource.items("agentPoolProfiles")):
        if pool.get("type") == "AvailabilitySet":
            yield Violation(
                f"agentPoolProfiles[{index}].type",
                "availability sets were retired on 2025-09-30; use 'VirtualMachineScaleSets'",
            )


RULE = Rule(
    id="AKS010",
    service="AKS",
    title="Standard load balancer and scale sets",
    applies_to=(tokens.AKS,),
    status=400,
    code="",
    source="learn.microsoft.com azure/aks/upgrade-basic-load-balancer-on-aks, azure/aks/availability-sets-on-aks "
    "(retirement 30 September 2025)",
    check=_check,
    trips=Case((declare(tokens.AKS, {"networkProfile.loadBalancerSku": "basic"}),)),
    passes=Case((declare(tokens.AKS),)),
)
