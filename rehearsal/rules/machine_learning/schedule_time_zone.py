"""Schedules take Windows' names of time zones."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import time_zones
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, schedule_case
from rehearsal.rules.rule import Rule, Violation

_TRIGGER = "properties.trigger.timeZone"
_START_STOP = "properties.properties.schedules.computeStartStop"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    cron = [f"{_START_STOP}[{index}].cron.timeZone" for index in range(len(resource.items(_START_STOP)))]
    for place in (_TRIGGER, *cron):
        text = resource.text(place)
        problem = time_zones.windows_time_zone_problem(text) if text else None
        if problem:
            yield Violation(place, problem)


RULE = Rule(
    id="AML156",
    service="Azure ML schedule",
    title="time zones by Windows' names",
    applies_to=(SCHEDULE, tokens.ML_COMPUTE),
    status=400,
    code="BadArgument",
    source=str(time_zones.MACHINE_LEARNING),
    check=_check,
    trips=schedule_case(time_zone="Europe/Amsterdam"),
    passes=schedule_case(time_zone="W. Europe Standard Time"),
)
