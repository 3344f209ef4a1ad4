"""Nodes encrypt their temporary disks and caches."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import must_be
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_POOL = must_be("enableEncryptionAtHost", True)
_CLUSTER = must_be("agentPoolProfiles[].enableEncryptionAtHost", True)


def _check(judged: Judged) -> Iterator[str]:
    yield from (_POOL if judged.type.endswith(":AgentPool") else _CLUSTER)(judged)


RULE = Rule(
    id="AMLP-KS-029",
    title="Nodes encrypt their temporary disks and caches",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:AgentPool", "azure-native:containerservice:ManagedCluster"),
    check=_check,
    why="Images, logs and models that were loaded lie on the machine's own disk, which is otherwise not encrypted.",
    fix="Set serving.cluster.encryption_at_host: true and register Microsoft.Compute/EncryptionAtHost",
    anchors=Anchors(
        benchmark=("DP-4",),
        azure_policy=("41425d9f-d1a5-499a-9932-f8ed8453932c",),
        checkov=("CKV_AZURE_227",),
    ),
    cases=Cases(
        allowed=({"mode": "User", "enableEncryptionAtHost": True},),
        denied=({"mode": "User", "enableEncryptionAtHost": False},),
        omitted={"mode": "User"},
        unknown={"mode": "User", "enableEncryptionAtHost": UNKNOWN_STRING},
    ),
)
