"""Clusters use a managed identity."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-020",
    title="Clusters use a managed identity",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("identity.type", "UserAssigned", "SystemAssigned"),
    why="A service principal's secret expires one day, and the cluster with it.",
    fix="Set identity.type to UserAssigned",
    anchors=Anchors(
        benchmark=("IM-3",),
        azure_policy=("da6e2401-19da-4532-9141-fb8fbde08431",),
        psrule=("Azure.AKS.ManagedIdentity",),
    ),
    cases=Cases(
        allowed=({"identity": {"type": "UserAssigned"}},),
        denied=({"identity": {"type": "None"}},),
        omitted={},
        unknown={"identity": {"type": UNKNOWN_STRING}},
    ),
)
