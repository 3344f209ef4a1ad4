"""Tasks have keys of their own and name clusters and tasks that the job has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    tasks = resource.items("tasks")
    keys = [str(task.get("taskKey", "")) for task in tasks]
    clusters = {str(cluster.get("jobClusterKey", "")) for cluster in resource.items("jobClusters")}
    for key, count in Counter(keys).items():
        if count > 1:
            yield Violation("tasks", f"{count} tasks have the key '{key}'; keys must differ")
    for index, task in enumerate(tasks):
        cluster = task.get("jobClusterKey")
        if cluster is not None and str(cluster) not in clusters:
            yield Violation(
                f"tasks[{index}].jobClusterKey",
                f"no job cluster has the key '{cluster}'; correct it, or declare the cluster in jobClusters",
            )
        for place, before in enumerate(resource.items(f"tasks[{index}].dependsOns")):
            if before.get("taskKey") not in keys:
                yield Violation(
                    f"tasks[{index}].dependsOns[{place}].taskKey",
                    f"no task has the key '{before.get('taskKey')}'",
                )


RULE = Rule(
    id="DBX006",
    service="Databricks job",
    title="task and cluster keys exist and differ",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="docs.databricks.com api/workspace/jobs/create (tasks, job_clusters)",
    check=_check,
    trips=Case((declare(tokens.JOB, {"tasks[0].jobClusterKey": "trian"}),)),
    passes=Case((declare(tokens.JOB),)),
)
