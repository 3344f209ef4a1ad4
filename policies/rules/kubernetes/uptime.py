"""Production clusters have an uptime guarantee."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-011",
    title="Production clusters have an uptime guarantee",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("sku.tier", "Standard", "Premium"),
    why="The free tier's API server has no guarantee and few resources.",
    fix="Set sku.tier to Standard",
    anchors=Anchors(benchmark=("BR-1",), psrule=("Azure.AKS.UptimeSLA",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"sku": {"tier": "Standard"}},),
        denied=({"sku": {"tier": "Free"}},),
        omitted={},
        unknown={"sku": {"tier": UNKNOWN_STRING}},
    ),
)
