"""A private API server has no public name."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "apiServerAccessProfile": {
        "enablePrivateCluster": True,
        "enablePrivateClusterPublicFQDN": False,
    }
}

RULE = Rule(
    id="AMLP-KS-002",
    title="A private API server has no public name",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=where(
        "apiServerAccessProfile.enablePrivateCluster",
        True,
        must_be("apiServerAccessProfile.enablePrivateClusterPublicFQDN", False),
    ),
    why="The public name tells the world the private address.",
    fix="Set enable_private_cluster_public_fqdn=False",
    anchors=Anchors(benchmark=("NS-2",), source="learn.microsoft.com aks private-clusters"),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"apiServerAccessProfile.enablePrivateClusterPublicFQDN": True}),),
        omitted={"apiServerAccessProfile": {"enablePrivateCluster": True}},
        unknown=changed(_CORRECT, {"apiServerAccessProfile.enablePrivateClusterPublicFQDN": UNKNOWN_STRING}),
    ),
)
