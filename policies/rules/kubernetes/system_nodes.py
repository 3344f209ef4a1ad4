"""Production clusters keep three system nodes."""

from __future__ import annotations

from policies.frame.checks import at_least
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-KS-013",
    title="Production clusters keep three system nodes",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:ManagedCluster",),
    check=at_least("agentPoolProfiles[].count", "minimumNodes", unit="nodes"),
    why="With fewer, one upgrade and one failure stop DNS for every model.",
    fix="Set the system pool's count to 3",
    anchors=Anchors(benchmark=("BR-1",), psrule=("Azure.AKS.MinNodeCount",)),
    kinds=PROD_ONLY,
    thresholds=(Threshold("minimumNodes", 3, "nodes of the system pool", minimum=1),),
    cases=Cases(
        allowed=({"agentPoolProfiles": [{"mode": "System", "count": 3}]},),
        denied=(
            {"agentPoolProfiles": [{"mode": "System", "count": 1}]},
            {"agentPoolProfiles": [{"mode": "System", "count": 2}]},
        ),
        omitted={"agentPoolProfiles": [{"mode": "System"}]},
        unknown={"agentPoolProfiles": [{"mode": "System", "count": UNKNOWN_STRING}]},
    ),
)
