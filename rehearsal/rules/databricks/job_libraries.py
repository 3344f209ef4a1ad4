"""Libraries belong to tasks, not to a shared job cluster."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, cluster in enumerate(resource.items("jobClusters")):
        spec = cluster.get("newCluster")
        for place, holder in (("newCluster.libraries", spec), ("libraries", cluster)):
            if isinstance(holder, dict) and holder.get("libraries"):
                yield Violation(
                    f"jobClusters[{index}].{place}", "not on a shared job cluster; put them on the tasks"
                )


RULE = Rule(
    id="DBX005",
    service="Databricks job",
    title="libraries belong to tasks",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/job.md",
    check=_check,
    trips=Case(
        (declare(tokens.JOB, {"jobClusters[0].newCluster.libraries": [{"pypi": {"package": "lightgbm"}}]}),)
    ),
    passes=Case((declare(tokens.JOB, {"tasks[0].libraries": [{"pypi": {"package": "lightgbm"}}]}),)),
)
