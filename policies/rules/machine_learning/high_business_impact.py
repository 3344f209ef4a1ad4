"""Production workspaces send less diagnostic data to Microsoft."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-006",
    title="Production workspaces send less diagnostic data to Microsoft",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Workspace",),
    check=must_be("hbiWorkspace", True),
    why=(
        "High business impact limits what the service collects and encrypts scratch disks; it can be "
        "set only at creation."
    ),
    fix="Set hbi_workspace=True before the first deployment",
    anchors=Anchors(
        benchmark=("DP-2",), source="learn.microsoft.com machine-learning concept-data-encryption"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"hbiWorkspace": True},),
        denied=({"hbiWorkspace": False},),
        omitted={},
        unknown={"hbiWorkspace": UNKNOWN_STRING},
    ),
)
