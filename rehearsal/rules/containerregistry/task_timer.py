"""A task's timers have the five fields of NCrontab."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import ncron
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_TASK = "azure-native:containerregistry:Task"
_TIMERS = "trigger.timerTriggers"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, timer in enumerate(resource.items(_TIMERS)):
        text = timer.get("schedule")
        problem = ncron.ncron_problem(text) if isinstance(text, str) else None
        if problem:
            yield Violation(f"{_TIMERS}[{index}].schedule", problem)


def _case(schedule: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "registryName": "crmldev7k2ap",
        "taskName": "purge",
        "location": "westeurope",
        "platform": {"os": "Linux"},
        "step": {"type": "EncodedTask", "encodedTaskContent": "dmVyc2lvbjogdjEuMS4w"},
        "trigger": {"timerTriggers": [{"name": "weekly", "schedule": schedule}]},
    }
    return Case((Declared(_TASK, inputs),))


RULE = Rule(
    id="ACR003",
    service="Container Registry task",
    title="timers have five fields that NCrontab knows",
    applies_to=(_TASK,),
    status=400,
    code="InvalidTimerTriggerSchedule",
    source=f"{ncron.CONTAINER_REGISTRY}; {ncron.SYNTAX}",
    check=_check,
    trips=_case("0 0 4 * * 0"),
    passes=_case("0 4 * * Sun"),
)
