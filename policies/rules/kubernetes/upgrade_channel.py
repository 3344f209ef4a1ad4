"""Kubernetes is upgraded by itself."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-007",
    title="Kubernetes is upgraded by itself",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("autoUpgradeProfile.upgradeChannel", "patch", "stable", "rapid"),
    why="A version without support gets no security fixes.",
    fix="Set auto_upgrade_profile.upgrade_channel to patch",
    anchors=Anchors(
        benchmark=("PV-6",),
        azure_policy=("5c345cdf-2049-47e0-b8fe-b0e96bc2df35",),
        psrule=("Azure.AKS.AutoUpgrade",),
        checkov=("CKV_AZURE_171",),
    ),
    cases=Cases(
        allowed=({"autoUpgradeProfile": {"upgradeChannel": "patch"}},),
        denied=(
            {"autoUpgradeProfile": {"upgradeChannel": "none"}},
            {"autoUpgradeProfile": {"upgradeChannel": "node-image"}},
        ),
        omitted={},
        unknown={"autoUpgradeProfile": {"upgradeChannel": UNKNOWN_STRING}},
    ),
)
