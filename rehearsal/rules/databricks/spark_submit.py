"""Spark-submit tasks run on new clusters."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, task in enumerate(resource.items("tasks")):
        if task.get("sparkSubmitTask") is not None and task.get("newCluster") is None:
            yield Violation(
                f"tasks[{index}].sparkSubmitTask", "runs on a new cluster only; give the task a new_cluster"
            )


_SUBMIT: dict[str, object] = {"taskKey": "train", "sparkSubmitTask": {"parameters": ["--class", "Train"]}}
_NODES = {"sparkVersion": "16.4.x-scala2.12", "nodeTypeId": "Standard_D16ds_v5", "numWorkers": 2}

RULE = Rule(
    id="DBX033",
    service="Databricks job",
    title="spark-submit on new clusters only",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/job.md (spark_submit_task)",
    check=_check,
    trips=Case((declare(tokens.JOB, {"tasks": [{**_SUBMIT, "jobClusterKey": "train"}]}),)),
    passes=Case((declare(tokens.JOB, {"tasks": [{**_SUBMIT, "newCluster": _NODES}]}),)),
)
