"""Clusters have network policies."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-006",
    title="Clusters have network policies",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("networkProfile.networkPolicy", "cilium", "calico"),
    why="Without them every pod reaches every other and the node's metadata service.",
    fix="Set network_profile.network_policy to cilium",
    anchors=Anchors(benchmark=("NS-1",), psrule=("Azure.AKS.NetworkPolicy",), checkov=("CKV_AZURE_7",)),
    cases=Cases(
        allowed=({"networkProfile": {"networkPolicy": "cilium"}},),
        denied=({"networkProfile": {"networkPolicy": "none"}},),
        omitted={},
        unknown={"networkProfile": {"networkPolicy": UNKNOWN_STRING}},
    ),
)
