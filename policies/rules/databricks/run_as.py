"""Jobs run as a service principal."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    if judged.text("runAs.userName"):
        yield "runAs.userName is set: a job must not be a person"
    elif not judged.text("runAs.servicePrincipalName"):
        yield "runAs.servicePrincipalName is not set: the job would run as the identity that deploys it"


RULE = Rule(
    id="AMLP-DO-020",
    title="Jobs run as a service principal",
    severity=Severity.HIGH,
    types=("databricks:index/job:Job",),
    check=_check,
    why="A job that runs as a person stops when that person leaves, and may do all that he may.",
    fix="Set run_as.service_principal_name",
    anchors=Anchors(benchmark=("IM-3",), source="docs.databricks.com jobs/privileges run as"),
    cases=Cases(
        allowed=(
            {"name": "train", "runAs": {"servicePrincipalName": "c0000000-0000-4000-8000-000000000001"}},
        ),
        denied=({"name": "train", "runAs": {"servicePrincipalName": ""}},),
        omitted={"name": "train"},
        unknown={"name": "train", "runAs": {"servicePrincipalName": UNKNOWN_STRING}},
    ),
)
