"""Only the jobs' principal reads its own secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged, Stack
from policies.frame.rule import (
    UNKNOWN_STRING,
    Anchors,
    Outcome,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)

_JOB = "databricks:index/job:Job"
_ACL = "databricks:index/secretAcl:SecretAcl"
_REFERENCE = re.compile(r"\{\{secrets/([^/]+)/[^}]+\}\}")


def _check(stack: Stack) -> Iterator[StackFinding]:
    principals: dict[str, set[str]] = {}
    for job in stack.of(_JOB):
        for scope, principal in stack.read(job, lambda asked: list(_credentials(asked)), default=[]):
            principals.setdefault(scope, set()).add(principal)
    for acl in stack.of(_ACL):
        scope, reader = stack.text(acl, "scope"), stack.text(acl, "principal")
        if reader and scope in principals and reader not in principals[scope]:
            yield StackFinding(
                f"{acl.name} lets '{reader}' read the jobs' client secret in '{scope}'", acl.urn
            )


def _credentials(job: Judged) -> Iterator[tuple[str, str]]:
    """Scope and principal of every client secret that the job's clusters carry."""
    for cluster in job.items("jobClusters"):
        spec = cluster.get("newCluster")
        variables = spec.get("sparkEnvVars") if isinstance(spec, Mapping) else None
        if not isinstance(variables, Mapping):
            continue
        secret = variables.get("AZURE_CLIENT_SECRET")
        found = _REFERENCE.fullmatch(secret) if isinstance(secret, str) else None
        if found:
            yield found[1], str(variables.get("AZURE_CLIENT_ID"))


def _job(secret: str) -> Sample:
    variables = {"AZURE_CLIENT_ID": "c0", "AZURE_CLIENT_SECRET": secret}
    return Sample(_JOB, {"jobClusters": [{"jobClusterKey": "a", "newCluster": {"sparkEnvVars": variables}}]})


_READS = _job("{{secrets/platform/jobs}}")

RULE = StackRule(
    id="AMLP-DO-062",
    title="Only the jobs' principal reads its own secret",
    severity=Severity.HIGH,
    check=_check,
    why="A reader of a scope over a Key Vault can read every secret of the vault, and so act as the jobs' principal.",
    fix="Take the reader out, and give people a scope over another vault",
    anchors=Anchors(
        benchmark=("PA-7", "IM-8"), source="learn.microsoft.com azure/databricks/security/secrets"
    ),
    cases=StackCases(
        allowed=(_READS, Sample(_ACL, {"scope": "platform", "principal": "c0"}, name="acl")),
        denied=(_READS, Sample(_ACL, {"scope": "platform", "principal": "ml-engineers"}, name="acl")),
        omitted=(_READS,),
        omitted_is=Outcome.PASSED,
        unknown=(_READS, Sample(_ACL, {"scope": UNKNOWN_STRING, "principal": "ml-engineers"}, name="acl")),
    ),
)
