"""ML workspaces use an identity that we made."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be, must_have
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-002",
    title="ML workspaces use an identity that we made",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Workspace",),
    check=all_of(
        must_be("identity.type", "UserAssigned", "SystemAssigned,UserAssigned"),
        must_have("primaryUserAssignedIdentity"),
    ),
    why=(
        "Grants to a system-assigned identity can only follow the workspace, which then starts without them."
    ),
    fix="Set identity.type to UserAssigned and primary_user_assigned_identity",
    anchors=Anchors(
        benchmark=("IM-3",),
        azure_policy=("5f0c7d88-c7de-45b8-ac49-db49e72eaa78",),
        psrule=("Azure.ML.UserManagedIdentity",),
    ),
    cases=Cases(
        allowed=({"identity": {"type": "UserAssigned"}, "primaryUserAssignedIdentity": "/i"},),
        denied=(
            {"identity": {"type": "SystemAssigned"}, "primaryUserAssignedIdentity": "/i"},
            {"identity": {"type": "UserAssigned"}},
        ),
        omitted={},
        unknown={"identity": {"type": UNKNOWN_STRING}, "primaryUserAssignedIdentity": "/i"},
    ),
)
