"""Synapse trusts nobody unasked."""

from __future__ import annotations

from policies.frame.checks import all_of, must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-SY-009",
    title="Synapse trusts nobody unasked",
    severity=Severity.MEDIUM,
    types=("azure-native:synapse:Workspace",),
    check=all_of(
        must_not_be("trustedServiceBypassEnabled", True),
        must_not_be("managedVirtualNetworkSettings.linkedAccessCheckOnTargetResource", False),
    ),
    why="Each of these lets a resource of another owner in, or lets data out to one.",
    fix="Leave trusted_service_bypass_enabled off and the linked access check on",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com synapse-analytics security/workspaces-encryption"
    ),
    cases=Cases(
        allowed=({"trustedServiceBypassEnabled": False},),
        denied=(
            {"trustedServiceBypassEnabled": True},
            {"managedVirtualNetworkSettings": {"linkedAccessCheckOnTargetResource": False}},
        ),
        omitted={},
        unknown={"trustedServiceBypassEnabled": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
