"""A vault has no access policies."""

from __future__ import annotations

from policies.frame.checks import must_lack
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-KV-008",
    title="A vault has no access policies",
    severity=Severity.MEDIUM,
    types=("azure-native:keyvault:Vault",),
    check=must_lack("properties.accessPolicies"),
    why="An inline list overwrites the policies of everybody else at each deployment.",
    fix="Give roles, or separate AccessPolicy resources",
    anchors=Anchors(benchmark=("PA-7",), psrule=("Azure.KeyVault.AccessPolicy",)),
    cases=Cases(
        allowed=({"properties": {"tenantId": "t", "accessPolicies": []}},),
        denied=(
            {
                "properties": {
                    "tenantId": "t",
                    "accessPolicies": [
                        {"objectId": "o", "tenantId": "t", "permissions": {"secrets": ["get"]}}
                    ],
                }
            },
        ),
        omitted={"properties": {"tenantId": "t"}},
        unknown={"properties": {"tenantId": "t", "accessPolicies": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
