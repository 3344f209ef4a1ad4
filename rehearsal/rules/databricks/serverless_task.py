"""A task without a cluster runs serverless."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_CODE = ("notebookTask", "sparkPythonTask", "pythonWheelTask")
_COMPUTE = ("jobClusterKey", "newCluster", "existingClusterId", "environmentKey")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, task in enumerate(resource.items("tasks")):
        warehouse = isinstance(notebook := task.get("notebookTask"), dict) and notebook.get("warehouseId")
        if (
            any(task.get(kind) for kind in _CODE)
            and not warehouse
            and not any(task.get(key) for key in _COMPUTE)
        ):
            yield Violation(
                f"tasks[{index}]",
                "names no cluster and so runs serverless, outside the network and the cluster policies; give it a "
                "job_cluster_key, or an environment_key if that is meant",
            )


RULE = Rule(
    id="DBX047",
    service="Databricks job",
    title="a task says what it runs on",
    applies_to=(tokens.JOB,),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/job.md (tasks without a cluster run on serverless compute)",
    check=_check,
    trips=Case((declare(tokens.JOB, {"tasks[0].jobClusterKey": REMOVE}),)),
    passes=Case((declare(tokens.JOB),)),
    severity=Severity.WARNING,
)
