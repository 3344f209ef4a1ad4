"""Trusted access is for ML workloads only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

_ML = "microsoft.machinelearningservices/workspaces/"


def _check(judged: Judged) -> Iterator[str]:
    roles = judged.value("roles")
    for role in roles if isinstance(roles, Sequence) else ():
        if not str(role).lower().startswith(_ML):
            yield f"roles holds {role}"


RULE = Rule(
    id="AMLP-KS-022",
    title="Trusted access is for ML workloads only",
    severity=Severity.HIGH,
    types=("azure-native:containerservice:TrustedAccessRoleBinding",),
    check=_check,
    why="Other roles of trusted access reach backups and every namespace.",
    fix="Give Microsoft.MachineLearningServices/workspaces/mlworkload",
    anchors=Anchors(benchmark=("PA-7",), source="learn.microsoft.com aks trusted-access-feature"),
    cases=Cases(
        allowed=(
            {"sourceResourceId": "/w", "roles": ["Microsoft.MachineLearningServices/workspaces/mlworkload"]},
        ),
        denied=(
            {"sourceResourceId": "/w", "roles": ["Microsoft.DataProtection/backupVaults/backup-operator"]},
        ),
        omitted={"sourceResourceId": "/w"},
        unknown={"sourceResourceId": "/w", "roles": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
