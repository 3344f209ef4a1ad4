"""Production API servers are private."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-KS-001",
    title="Production API servers are private",
    severity=Severity.HIGH,
    types=("azure-native:containerservice:ManagedCluster",),
    check=must_be("apiServerAccessProfile.enablePrivateCluster", True),
    why="The API server is the way to every scoring container and its identity.",
    fix="Set api_server_access_profile.enable_private_cluster=True before the first deployment",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("040732e8-d947-40b8-95d6-854c95024bf8",),
        psrule=("Azure.AKS.AuthorizedIPs",),
        checkov=("CKV_AZURE_6",),
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"apiServerAccessProfile": {"enablePrivateCluster": True}},),
        denied=({"apiServerAccessProfile": {"enablePrivateCluster": False}},),
        omitted={},
        unknown={"apiServerAccessProfile": {"enablePrivateCluster": UNKNOWN_STRING}},
    ),
)
