"""ML workspaces are not in v1 legacy mode."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-ML-008",
    title="ML workspaces are not in v1 legacy mode",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Workspace",),
    check=must_not_be("v1LegacyMode", True),
    why=("Legacy mode blocks the v2 API that this platform is built on; support of v1 ended on 2026-06-30."),
    fix="Leave v1_legacy_mode off",
    anchors=Anchors(
        benchmark=("PV-1",),
        source="learn.microsoft.com machine-learning how-to-configure-network-isolation-with-v2",
    ),
    cases=Cases(
        allowed=({"v1LegacyMode": False},),
        denied=({"v1LegacyMode": True},),
        omitted={},
        unknown={"v1LegacyMode": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
