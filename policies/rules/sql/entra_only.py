"""SQL servers sign in with Entra only."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-SQ-001",
    title="SQL servers sign in with Entra only",
    severity=Severity.HIGH,
    types=("azure-native:sql:Server",),
    check=must_be("administrators.azureADOnlyAuthentication", True),
    why="SQL logins have passwords that nobody rotates.",
    fix="Set administrators.azure_ad_only_authentication=True",
    anchors=Anchors(benchmark=("IM-1",), azure_policy=("abda6d70-9778-44e7-84a8-06713e6db027",)),
    cases=Cases(
        allowed=({"administrators": {"azureADOnlyAuthentication": True}},),
        denied=({"administrators": {"azureADOnlyAuthentication": False}},),
        omitted={},
        unknown={"administrators": {"azureADOnlyAuthentication": UNKNOWN_STRING}},
    ),
)
