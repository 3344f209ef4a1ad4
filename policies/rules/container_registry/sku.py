"""Production registries are Premium."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-CR-004",
    title="Production registries are Premium",
    severity=Severity.MEDIUM,
    types=("azure-native:containerregistry:Registry",),
    check=must_be("sku.name", "Premium"),
    why="Private endpoints, zones and retention exist in Premium only.",
    fix="Set sku.name to Premium",
    anchors=Anchors(
        benchmark=("BR-2",),
        azure_policy=("bd560fc0-3c69-498a-ae9f-aa8eb7de0e13",),
        psrule=("Azure.ACR.MinSku",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"sku": {"name": "Premium"}},),
        denied=(
            {"sku": {"name": "Basic"}},
            {"sku": {"name": "Standard"}},
        ),
        omitted={},
        unknown={"sku": {"name": UNKNOWN_STRING}},
    ),
)
