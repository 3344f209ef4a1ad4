"""System pools carry system pods only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_KEY = "CriticalAddonsOnly"
_EFFECTS = ("NoSchedule", "NoExecute")


def _check(judged: Judged) -> Iterator[str]:
    pools: list[tuple[str, Mapping[str, object]]]
    if judged.type.endswith(":AgentPool"):
        pools = [("", judged.props)]
    else:
        pools = [
            (f"agentPoolProfiles[{index}].", pool)
            for index, pool in enumerate(judged.items("agentPoolProfiles"))
        ]
    for prefix, pool in pools:
        if pool.get("mode") == "System" and not _dedicated(pool.get("nodeTaints")):
            yield f"{prefix}nodeTaints lets models onto a system pool"


def _dedicated(taints: object) -> bool:
    return isinstance(taints, Sequence) and any(
        str(taint).partition("=")[0].partition(":")[0] == _KEY and str(taint).rpartition(":")[2] in _EFFECTS
        for taint in taints
    )


RULE = Rule(
    id="AMLP-KS-040",
    title="System pools carry system pods only",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:AgentPool", "azure-native:containerservice:ManagedCluster"),
    check=_check,
    why=(
        "Models on system nodes can take the memory of DNS and the API's helpers, and keep the scoring pool from "
        "growing when it should."
    ),
    fix="Set node_taints=['CriticalAddonsOnly=true:NoSchedule'] on the system pool, and have a user pool",
    anchors=Anchors(benchmark=("BR-1",), source="learn.microsoft.com azure/aks/use-system-pools"),
    cases=Cases(
        allowed=(
            {"mode": "System", "nodeTaints": ["CriticalAddonsOnly=true:NoSchedule"]},
            {"mode": "System", "nodeTaints": ["gpu=true:NoSchedule", "CriticalAddonsOnly:NoExecute"]},
            {"mode": "User"},
        ),
        denied=(
            {"mode": "System", "nodeTaints": []},
            {"mode": "System", "nodeTaints": ["CriticalAddonsOnly=true:PreferNoSchedule"]},
            {"mode": "System", "nodeTaints": ["scoring=true:NoSchedule"]},
        ),
        omitted={"mode": "System"},
        unknown={"mode": "System", "nodeTaints": UNKNOWN_STRING},
    ),
)
