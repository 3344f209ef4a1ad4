"""Properties that came with tasks need tasks."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_NEW = ("jobClusters", "parameters", "runJobTask")
_OLD_TASKS = (
    "dbtTask",
    "notebookTask",
    "pipelineTask",
    "pythonWheelTask",
    "runJobTask",
    "sparkJarTask",
    "sparkPythonTask",
    "sparkSubmitTask",
)


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("parameters"):
        for name in _OLD_TASKS:
            if resource.value(name) is not None:
                yield Violation(name, "cannot be given with parameters; move it into a task, under tasks")
    if resource.items("tasks") or resource.is_unknown("tasks") or resource.text("format") == "MULTI_TASK":
        return
    for name in _NEW:
        if resource.value(name):
            yield Violation(name, "needs tasks, and the job has none; put what it runs under tasks")


RULE = Rule(
    id="DBX205",
    service="Databricks job",
    title="parameters, job clusters and runs of other jobs need tasks",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks issue 3032; jobs/resource_job.go (parameter conflicts with tasks of the job "
    "itself)",
    check=_check,
    trips=Case(
        (
            declare(
                tokens.JOB,
                {
                    "tasks": REMOVE,
                    "jobClusters": REMOVE,
                    "parameters": [{"name": "day", "default": "1"}],
                    "notebookTask": {"notebookPath": "notebooks/train", "source": "GIT"},
                    "newCluster": {
                        "sparkVersion": "16.4.x-scala2.12",
                        "nodeTypeId": "Standard_D4ds_v5",
                        "numWorkers": 2,
                    },
                },
            ),
        )
    ),
    passes=Case((declare(tokens.JOB, {"parameters": [{"name": "day", "default": "1"}]}),)),
)
