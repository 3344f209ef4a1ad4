"""Secrets in the vault expire."""

from __future__ import annotations

from policies.frame.checks import must_have
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KV-009",
    title="Secrets in the vault expire",
    severity=Severity.MEDIUM,
    types=("azure-native:keyvault:Secret",),
    check=must_have("properties.attributes.expires"),
    why="A credential without an end is never rotated.",
    fix="Set properties.attributes.expires",
    anchors=Anchors(
        benchmark=("DP-6", "IM-8"),
        azure_policy=("98728c90-32c7-4049-8429-847dc0f4fe37",),
        checkov=("CKV_AZURE_41",),
    ),
    cases=Cases(
        allowed=({"properties": {"attributes": {"expires": 1798761600}}},),
        denied=({"properties": {"attributes": {"expires": ""}}},),
        omitted={},
        unknown={"properties": {"attributes": {"expires": UNKNOWN_STRING}}},
    ),
)
