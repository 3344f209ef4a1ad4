"""Registries have no admin user."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-CR-001",
    title="Registries have no admin user",
    severity=Severity.CRITICAL,
    types=("azure-native:containerregistry:Registry",),
    check=must_be("adminUserEnabled", False, omitted=True),
    why="One shared password that can push images to production.",
    fix="Set admin_user_enabled=False; nodes pull with AcrPull",
    anchors=Anchors(
        benchmark=("IM-1",),
        azure_policy=("dc921057-6b28-4fbe-9b83-f7bec05db6c2",),
        psrule=("Azure.ACR.AdminUser",),
        checkov=("CKV_AZURE_137",),
    ),
    cases=Cases(
        allowed=({"adminUserEnabled": False},),
        denied=({"adminUserEnabled": True},),
        omitted={},
        unknown={"adminUserEnabled": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
