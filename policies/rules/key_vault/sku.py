"""Production keys can be kept in hardware."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Level, Rule, Severity

RULE = Rule(
    id="AMLP-KV-011",
    title="Production keys can be kept in hardware",
    severity=Severity.LOW,
    types=("azure-native:keyvault:Vault",),
    check=must_be("properties.sku.name", "premium"),
    why="Only the premium tier holds HSM keys, which keys of our own should be.",
    fix="Set sku.name to premium",
    anchors=Anchors(
        benchmark=("DP-6",),
        azure_policy=("587c79fe-dd04-4a5e-9d0b-f89598c7261b",),
        checkov=("CKV_AZURE_112",),
    ),
    kinds=PROD_ONLY,
    level=Level.ADVISORY,
    cases=Cases(
        allowed=({"properties": {"sku": {"name": "premium"}}},),
        denied=({"properties": {"sku": {"name": "standard"}}},),
        omitted={},
        unknown={"properties": {"sku": {"name": UNKNOWN_STRING}}},
    ),
)
