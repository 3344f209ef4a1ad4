"""Clusters have no local admin account."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-005",
    title="Clusters have no local admin account",
    severity=Severity.HIGH,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("disableLocalAccounts", True),
    why="The local account's certificate is a shared password for everything, and lives for years.",
    fix="Set disable_local_accounts=True",
    anchors=Anchors(
        benchmark=("IM-1",),
        azure_policy=("993c2fcd-2b29-49d2-9eb0-df2c3a730c32",),
        psrule=("Azure.AKS.LocalAccounts",),
        checkov=("CKV_AZURE_141",),
    ),
    cases=Cases(
        allowed=({"disableLocalAccounts": True},),
        denied=({"disableLocalAccounts": False},),
        omitted={},
        unknown={"disableLocalAccounts": UNKNOWN_STRING},
    ),
)
