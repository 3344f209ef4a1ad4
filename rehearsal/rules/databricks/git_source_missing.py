"""A task that reads from git needs the job's source."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_STEPS = ("notebookTask", "sparkPythonTask", "sqlTask.file", "dbtTask")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("gitSource") is not None or resource.is_unknown("gitSource"):
        return
    for index in range(len(resource.items("tasks"))):
        for step in _STEPS:
            if resource.text(f"tasks[{index}].{step}.source").upper() == "GIT":
                yield Violation(
                    f"tasks[{index}].{step}.source",
                    "is GIT, and the job has no gitSource; add one, or use WORKSPACE",
                )


RULE = Rule(
    id="DBX153",
    service="Databricks job",
    title="tasks from git need a git source",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/job.md (notebook_task, spark_python_task: source)",
    check=_check,
    trips=Case((declare(tokens.JOB, {"gitSource": REMOVE}),)),
    passes=Case((declare(tokens.JOB),)),
)
