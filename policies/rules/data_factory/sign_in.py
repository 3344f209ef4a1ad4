"""Linked services sign in with identities."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-DF-006",
    title="Linked services sign in with identities",
    severity=Severity.HIGH,
    types=("azure-native:datafactory:LinkedService",),
    check=must_not_be(
        "properties.authenticationType", "SQL", "Basic", "Windows", "Anonymous", "Key", "ServicePrincipal"
    ),
    why="Every other way needs a secret that somebody must rotate.",
    fix="Use the factory's identity (SystemAssignedManagedIdentity)",
    anchors=Anchors(benchmark=("IM-3",), azure_policy=("f78ccdb4-7bf4-4106-8647-270491d2978a",)),
    cases=Cases(
        allowed=(
            {
                "properties": {
                    "type": "AzureSqlDatabase",
                    "authenticationType": "SystemAssignedManagedIdentity",
                }
            },
        ),
        denied=({"properties": {"type": "AzureSqlDatabase", "authenticationType": "SQL"}},),
        omitted={"properties": {"type": "AzureSqlDatabase"}},
        unknown={"properties": {"type": "AzureSqlDatabase", "authenticationType": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
