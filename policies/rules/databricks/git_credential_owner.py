"""A git credential says whose it is."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    if not judged.value("principalId"):
        yield "principalId is not set: the credential belongs to the identity that deploys first"


RULE = Rule(
    id="AMLP-DO-071",
    title="A git credential says whose it is",
    severity=Severity.MEDIUM,
    types=("databricks:index/gitCredential:GitCredential",),
    check=_check,
    why="A credential serves its owner alone: the pipeline that deploys next has none, and cannot change a person's.",
    fix="Set principal_id to the service principal that clones folders, or reads a job's sources",
    anchors=Anchors(
        benchmark=("IM-3",),
        source="databricks/terraform-provider-databricks docs/resources/git_credential.md",
    ),
    cases=Cases(
        allowed=({"gitProvider": "gitHub", "principalId": "123456789012345"},),
        denied=({"gitProvider": "gitHub", "principalId": ""},),
        omitted={"gitProvider": "gitHub"},
        unknown={"gitProvider": "gitHub", "principalId": UNKNOWN_STRING},
    ),
)
