"""Nodes keep nothing on their system disk."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import must_be
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_POOL = must_be("osDiskType", "Ephemeral")
_CLUSTER = must_be("agentPoolProfiles[].osDiskType", "Ephemeral")


def _check(judged: Judged) -> Iterator[str]:
    yield from (_POOL if judged.type.endswith(":AgentPool") else _CLUSTER)(judged)


RULE = Rule(
    id="AMLP-KS-030",
    title="Nodes keep nothing on their system disk",
    severity=Severity.LOW,
    types=("azure-native:containerservice:AgentPool", "azure-native:containerservice:ManagedCluster"),
    check=_check,
    why="A disk on the machine is faster, costs nothing, and is gone with the node: what an attacker leaves too.",
    fix="Choose a VM size with a temporary disk, such as Standard_D4ds_v5, and ephemeral_os_disks: true",
    anchors=Anchors(benchmark=("PV-3",), psrule=("Azure.AKS.EphemeralOSDisk",), checkov=("CKV_AZURE_226",)),
    cases=Cases(
        allowed=({"mode": "User", "osDiskType": "Ephemeral"},),
        denied=({"mode": "User", "osDiskType": "Managed"},),
        omitted={"mode": "User"},
        unknown={"mode": "User", "osDiskType": UNKNOWN_STRING},
    ),
)
