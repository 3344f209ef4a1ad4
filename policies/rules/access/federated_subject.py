"""Federated credentials name one workload."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.federated_subjects import held_by_many
from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    subject = judged.text("subject")
    why = held_by_many(judged.text("issuer"), subject)
    if why:
        yield f"subject is '{subject}': {why}; it must name one environment, branch or service account"


RULE = Rule(
    id="AMLP-AC-010",
    title="Federated credentials name one workload",
    severity=Severity.HIGH,
    types=("azure-native:managedidentity:FederatedIdentityCredential",),
    check=_check,
    why="A subject for every branch or pull request lets any contributor act as the identity.",
    fix="Name the repository and environment, or the namespace and service account",
    anchors=Anchors(
        benchmark=("IM-3",),
        source="learn.microsoft.com entra workload-id/workload-identity-federation-considerations",
    ),
    cases=Cases(
        allowed=(
            {"subject": "repo:example-org/forecasting:environment:prod"},
            {"subject": "repo:example-org@11/forecasting@22:environment:prod"},
            {"subject": "system:serviceaccount:airflow:airflow-worker"},
        ),
        denied=(
            {"subject": "repo:example-org/*"},
            {"subject": "repo:example-org/forecasting:pull_request"},
            {"subject": "repo:example-org@11/forecasting@22:pull_request"},
            {"subject": "repo:example-org/forecasting"},
            {
                "issuer": "https://token.actions.githubusercontent.com",
                "subject": "repository_owner:example-org",
            },
        ),
        omitted={},
        unknown={"subject": UNKNOWN_STRING},
    ),
)
