"""Scoring endpoints have an identity that we made."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-023",
    title="Scoring endpoints have an identity that we made",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:OnlineEndpoint",),
    check=must_be("identity.type", "UserAssigned", "SystemAssigned,UserAssigned"),
    why=("A system-assigned identity has no rights when the first deployment pulls its image and model."),
    fix="Set identity to a user-assigned one with its grants made before",
    anchors=Anchors(
        benchmark=("IM-3",),
        source="learn.microsoft.com machine-learning how-to-access-resources-from-endpoints-managed-identities",
    ),
    cases=Cases(
        allowed=({"identity": {"type": "UserAssigned"}},),
        denied=(
            {"identity": {"type": "SystemAssigned"}},
            {"identity": {"type": "None"}},
        ),
        omitted={},
        unknown={"identity": {"type": UNKNOWN_STRING}},
    ),
)
