"""Nodes are patched by themselves."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-008",
    title="Nodes are patched by themselves",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("autoUpgradeProfile.nodeOSUpgradeChannel", "NodeImage", "SecurityPatch"),
    why="Unmanaged and None leave the nodes as they were on the first day.",
    fix="Set auto_upgrade_profile.node_os_upgrade_channel to NodeImage",
    anchors=Anchors(
        benchmark=("PV-6",),
        azure_policy=("04408ca5-aa10-42ce-8536-98955cdddd4c",),
        psrule=("Azure.AKS.NodeAutoUpgrade",),
    ),
    cases=Cases(
        allowed=({"autoUpgradeProfile": {"nodeOSUpgradeChannel": "NodeImage"}},),
        denied=(
            {"autoUpgradeProfile": {"nodeOSUpgradeChannel": "None"}},
            {"autoUpgradeProfile": {"nodeOSUpgradeChannel": "Unmanaged"}},
        ),
        omitted={},
        unknown={"autoUpgradeProfile": {"nodeOSUpgradeChannel": UNKNOWN_STRING}},
    ),
)
