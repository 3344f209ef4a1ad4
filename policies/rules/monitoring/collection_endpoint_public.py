"""Production's data collection endpoints are closed to the public."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-MN-050",
    title="Production's data collection endpoints are closed to the public",
    severity=Severity.MEDIUM,
    types=("azure-native:monitor:DataCollectionEndpoint",),
    check=must_be("networkAcls.publicNetworkAccess", "Disabled", "SecuredByPerimeter"),
    why="An open endpoint takes logs, and gives agents their configuration, from any address.",
    fix="Set networkAcls.publicNetworkAccess to Disabled and add the endpoint to the private link scope",
    anchors=Anchors(
        benchmark=("NS-2",),
        source="learn.microsoft.com azure-monitor/containers/kubernetes-monitoring-private-link",
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"networkAcls": {"publicNetworkAccess": "Disabled"}},),
        denied=({"networkAcls": {"publicNetworkAccess": "Enabled"}},),
        omitted={},
        unknown={"networkAcls": {"publicNetworkAccess": UNKNOWN_STRING}},
    ),
)
