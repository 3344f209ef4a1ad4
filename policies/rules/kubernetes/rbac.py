"""Clusters enforce roles."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-KS-004",
    title="Clusters enforce roles",
    severity=Severity.CRITICAL,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("enableRBAC", True, omitted=True),
    why="Without RBAC every pod is cluster admin; it can be chosen only at creation.",
    fix="Leave enable_rbac at true",
    anchors=Anchors(benchmark=("PA-7",), psrule=("Azure.AKS.UseRBAC",), checkov=("CKV_AZURE_5",)),
    cases=Cases(
        allowed=({"enableRBAC": True},),
        denied=({"enableRBAC": False},),
        omitted={},
        unknown={"enableRBAC": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
