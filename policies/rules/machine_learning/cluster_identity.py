"""Training and scoring compute act with an identity of their own."""

from __future__ import annotations

from azure_facts.kubernetes_scoring import SYSTEM_ASSIGNED
from policies.frame.checks import all_of, must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-020",
    title="Training and scoring compute act with an identity of their own",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Compute",),
    check=all_of(
        *(
            where(
                "properties.computeType",
                kind,
                must_be("identity.type", *identities),
            )
            for kind, identities in (
                ("AmlCompute", ("UserAssigned", "SystemAssigned,UserAssigned")),
                # One kind or the other (azure_facts.kubernetes_scoring).
                ("Kubernetes", ("UserAssigned", SYSTEM_ASSIGNED)),
            )
        )
    ),
    why="Without one, jobs act as the person who submitted them, or fail without keys.",
    fix="Set identity to a user-assigned one, or a cluster's to its own",
    anchors=Anchors(
        benchmark=("IM-3",),
        source="learn.microsoft.com machine-learning how-to-identity-based-service-authentication",
    ),
    cases=Cases(
        allowed=(
            {
                "properties": {"computeType": "AmlCompute", "properties": {}},
                "identity": {"type": "UserAssigned"},
            },
        ),
        denied=(
            {"properties": {"computeType": "AmlCompute", "properties": {}}, "identity": {"type": "None"}},
        ),
        omitted={"properties": {"computeType": "AmlCompute", "properties": {}}},
        unknown={
            "properties": {"computeType": "AmlCompute", "properties": {}},
            "identity": {"type": UNKNOWN_STRING},
        },
    ),
)
