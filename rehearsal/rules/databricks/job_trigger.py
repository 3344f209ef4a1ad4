"""A job starts in one way; one that never stops has one run and no retries of its tasks."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_WAYS = ("schedule", "trigger", "continuous")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    given = [way for way in _WAYS if resource.value(way) is not None]
    if len(given) > 1:
        yield Violation(given[1], f"cannot be given with {given[0]}; keep one of {', '.join(_WAYS)}")
    if "continuous" not in given:
        return
    runs = resource.value("maxConcurrentRuns")
    if isinstance(runs, int | float) and runs > 1:
        yield Violation(
            "maxConcurrentRuns", f"is {runs:.0f} on a continuous job, which is one run; remove it"
        )
    for index, task in enumerate(resource.items("tasks")):
        if task.get("maxRetries"):
            yield Violation(
                f"tasks[{index}].maxRetries",
                "is given in a continuous job, which starts again itself; remove it",
            )


RULE = Rule(
    id="DBX157",
    service="Databricks job",
    title="one way to start, and one run of a continuous job",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks jobs/resource_job.go; learn.microsoft.com azure/databricks/jobs/continuous",
    check=_check,
    trips=Case((declare(tokens.JOB, {"continuous": {"pauseStatus": "UNPAUSED"}, "maxConcurrentRuns": 2}),)),
    passes=Case((declare(tokens.JOB, {"continuous": {"pauseStatus": "UNPAUSED"}, "maxConcurrentRuns": 1}),)),
)
