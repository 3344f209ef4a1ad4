"""Nodes take at least fifty pods."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import at_least
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

_POOL = at_least("maxPods", "minimumPods", unit="pods")
_CLUSTER = at_least("agentPoolProfiles[].maxPods", "minimumPods", unit="pods")


def _check(judged: Judged) -> Iterator[str]:
    yield from (_POOL if judged.type.endswith(":AgentPool") else _CLUSTER)(judged)


RULE = Rule(
    id="AMLP-KS-015",
    title="Nodes take at least fifty pods",
    severity=Severity.LOW,
    types=("azure-native:containerservice:AgentPool", "azure-native:containerservice:ManagedCluster"),
    check=_check,
    why=(
        "With few pods per node, the router and the monitoring leave no room for models; it cannot be "
        "changed later."
    ),
    fix="Set max_pods to 110",
    anchors=Anchors(benchmark=("AM-3",), psrule=("Azure.AKS.NodeMinPods",), checkov=("CKV_AZURE_168",)),
    thresholds=(Threshold("minimumPods", 50, "pods a node takes", minimum=10, maximum=250),),
    cases=Cases(
        allowed=({"mode": "User", "maxPods": 110},),
        denied=({"mode": "User", "maxPods": 30},),
        omitted={"mode": "User"},
        unknown={"mode": "User", "maxPods": UNKNOWN_STRING},
    ),
)
