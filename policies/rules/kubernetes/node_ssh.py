"""Nodes run no SSH service."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.checks import must_be
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_POOL = must_be("securityProfile.sshAccess", "Disabled")
_CLUSTER = must_be("agentPoolProfiles[].securityProfile.sshAccess", "Disabled")


def _check(judged: Judged) -> Iterator[str]:
    yield from (_POOL if judged.type.endswith(":AgentPool") else _CLUSTER)(judged)


RULE = Rule(
    id="AMLP-KS-041",
    title="Nodes run no SSH service",
    severity=Severity.MEDIUM,
    types=("azure-native:containerservice:AgentPool", "azure-native:containerservice:ManagedCluster"),
    check=_check,
    why="The service is open to every pod of the cluster, and a key that AKS made is nobody's to rotate.",
    fix="Set serving.cluster.node_ssh: false; kubectl debug node works without it",
    anchors=Anchors(benchmark=("NS-1", "PV-3"), source="learn.microsoft.com aks/manage-ssh-node-access"),
    cases=Cases(
        allowed=({"mode": "User", "securityProfile": {"sshAccess": "Disabled"}},),
        denied=({"mode": "User", "securityProfile": {"sshAccess": "LocalUser"}},),
        omitted={"mode": "User"},
        unknown={"mode": "User", "securityProfile": {"sshAccess": UNKNOWN_STRING}},
    ),
)
