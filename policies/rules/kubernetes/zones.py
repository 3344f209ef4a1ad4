"""Production nodes span zones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    path = (
        "availabilityZones" if judged.type.endswith(":AgentPool") else "agentPoolProfiles[].availabilityZones"
    )
    for at, zones in values(judged.props, path):
        if not isinstance(zones, Sequence) or len(zones) < 2:
            yield f"{at} names fewer than two zones"


RULE = Rule(
    id="AMLP-KS-012",
    title="Production nodes span zones",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:AgentPool", "azure-native:containerservice:ManagedCluster"),
    check=_check,
    why="Nodes in one zone go together.",
    fix="Set availability_zones to at least two",
    anchors=Anchors(benchmark=("BR-1",), psrule=("Azure.AKS.AvailabilityZone",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"mode": "User", "availabilityZones": ["1", "2", "3"]},),
        denied=(
            {"mode": "User", "availabilityZones": []},
            {"mode": "User", "availabilityZones": ["1"]},
        ),
        omitted={"mode": "User"},
        unknown={"mode": "User", "availabilityZones": UNKNOWN_STRING},
    ),
)
