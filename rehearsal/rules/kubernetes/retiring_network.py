"""Ways of networking that AKS takes away."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.retirements import RetirementKind, find_retirements
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATHS = ("networkProfile.networkPlugin", "networkProfile.networkPolicy")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for path in _PATHS:
        feature = f"containerservice:ManagedCluster:{path}={resource.text(path)}"
        for finding in find_retirements(RetirementKind.FEATURE, feature, world.today):
            verb = "was retired on" if finding.is_past else "retires on"
            retirement = finding.retirement
            yield Violation(
                path, f"'{resource.text(path)}' {verb} {retirement.retires}; use {retirement.instead}"
            )


RULE = Rule(
    id="AKS009",
    service="AKS",
    title="no kubenet, no Azure network policy manager",
    applies_to=(tokens.AKS,),
    status=0,
    code="",
    source="learn.microsoft.com azure/aks/configure-kubenet (retirement 31 March 2028); azure/aks/use-network-policies "
    "(retirement 30 September 2028); Azure updates 485172",
    check=_check,
    trips=Case(
        (
            declare(
                tokens.AKS,
                {
                    "networkProfile": {
                        "networkPlugin": "kubenet",
                        "networkPolicy": "calico",
                        "loadBalancerSku": "standard",
                    }
                },
            ),
        )
    ),
    passes=Case((declare(tokens.AKS),)),
    severity=Severity.WARNING,
)
