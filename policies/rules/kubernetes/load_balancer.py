"""Clusters use the standard load balancer."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-009",
    title="Clusters use the standard load balancer",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("networkProfile.loadBalancerSku", "standard"),
    why="The basic one retired on 2025-09-30 and knows no zones.",
    fix="Set network_profile.load_balancer_sku to standard",
    anchors=Anchors(benchmark=("BR-1",), psrule=("Azure.AKS.StandardLB",)),
    cases=Cases(
        allowed=({"networkProfile": {"loadBalancerSku": "standard"}},),
        denied=({"networkProfile": {"loadBalancerSku": "basic"}},),
        omitted={},
        unknown={"networkProfile": {"loadBalancerSku": UNKNOWN_STRING}},
    ),
)
