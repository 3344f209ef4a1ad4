"""Registries need a sign-in to pull."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-CR-002",
    title="Registries need a sign-in to pull",
    severity=Severity.HIGH,
    types=("azure-native:containerregistry:Registry",),
    check=must_be("anonymousPullEnabled", False, omitted=True),
    why="Images hold code and sometimes data.",
    fix="Set anonymous_pull_enabled=False",
    anchors=Anchors(
        benchmark=("IM-1",),
        azure_policy=("9f2dea28-e834-476c-99c5-3507b4728395",),
        psrule=("Azure.ACR.AnonymousAccess",),
        checkov=("CKV_AZURE_138",),
    ),
    cases=Cases(
        allowed=({"anonymousPullEnabled": False},),
        denied=({"anonymousPullEnabled": True},),
        omitted={},
        unknown={"anonymousPullEnabled": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
