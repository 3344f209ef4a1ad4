"""A job's cluster ends with its job: settings of interactive clusters have no place there."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.databricks.cluster_specifications import job_clusters
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_UNSUPPORTED = ("autoterminationMinutes", "isPinned", "workloadType")
_SPEC = "jobClusters[0].newCluster"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for path, spec in job_clusters(resource):
        for name in _UNSUPPORTED:
            if spec.get(name) is not None:
                yield Violation(f"{path}.{name}", "not supported in a job's cluster; leave it out")


RULE = Rule(
    id="DBX004",
    service="Databricks job",
    title="no interactive settings in job clusters",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/job.md",
    check=_check,
    trips=Case(
        (declare(tokens.JOB, {f"{_SPEC}.workloadType": {"clients": {"notebooks": False, "jobs": True}}}),)
    ),
    passes=Case((declare(tokens.JOB),)),
)
