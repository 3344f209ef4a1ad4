"""Clusters sign people in with Entra."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-003",
    title="Clusters sign people in with Entra",
    severity=Severity.HIGH,
    types=("azure-native:containerservice:ManagedCluster",),
    check=all_of(must_be("aadProfile.managed", True), must_be("aadProfile.enableAzureRBAC", True)),
    why="Rights in the cluster then come from role assignments that can be listed.",
    fix="Set aad_profile.managed and enable_azure_rbac",
    anchors=Anchors(
        benchmark=("IM-1", "PA-7"),
        azure_policy=("450d2877-ebea-41e8-b00c-e286317d21bf",),
        psrule=("Azure.AKS.ManagedAAD", "Azure.AKS.AzureRBAC"),
    ),
    cases=Cases(
        allowed=({"aadProfile": {"managed": True, "enableAzureRBAC": True}},),
        denied=(
            {"aadProfile": {"managed": False, "enableAzureRBAC": True}},
            {"aadProfile": {"managed": True, "enableAzureRBAC": False}},
        ),
        omitted={},
        unknown={"aadProfile": {"managed": UNKNOWN_STRING, "enableAzureRBAC": True}},
    ),
)
