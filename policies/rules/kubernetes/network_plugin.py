"""Clusters use Azure CNI."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-025",
    title="Clusters use Azure CNI",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=all_of(
        must_be("networkProfile.networkPlugin", "azure"),
        must_be("networkProfile.networkPluginMode", "overlay", omitted=True),
    ),
    why="kubenet retires on 2028-03-31 and cannot be changed in place.",
    fix="Set network_plugin to azure with network_plugin_mode overlay",
    anchors=Anchors(benchmark=("NS-1",), azure_policy=("46238e2f-3f6f-4589-9f3f-77bed4116e67",)),
    cases=Cases(
        allowed=({"networkProfile": {"networkPlugin": "azure"}},),
        denied=(
            {"networkProfile": {"networkPlugin": "kubenet"}},
            {"networkProfile": {"networkPlugin": "none"}},
        ),
        omitted={},
        unknown={"networkProfile": {"networkPlugin": UNKNOWN_STRING}},
    ),
)
