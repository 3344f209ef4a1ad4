"""Tasks wait for tasks, and never for each other."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    order: dict[str, list[str]] = {}
    for index, task in enumerate(resource.items("tasks")):
        before = [str(item.get("taskKey")) for item in resource.items(f"tasks[{index}].dependsOns")]
        order[str(task.get("taskKey", ""))] = before
    try:
        TopologicalSorter(order).prepare()
    except CycleError as error:
        way = " -> ".join(reversed(error.args[1]))
        yield Violation("tasks", f"wait for each other in a circle, {way}; remove one dependency")


RULE = Rule(
    id="DBX101",
    service="Databricks job",
    title="no circle among tasks",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="docs.databricks.com api/workspace/jobs/create (tasks.depends_on)",
    check=_check,
    trips=Case((declare(tokens.JOB, {"tasks[0].dependsOns": [{"taskKey": "train"}]}),)),
    passes=Case((declare(tokens.JOB),)),
)
