"""Schedules take Windows' names of time zones."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import time_zones
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, schedule_case
from rehearsal.rules.machine_learning.schedule_places import schedule_texts
from rehearsal.rules.rule import Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for place, text in schedule_texts(resource, "timeZone"):
        if problem := time_zones.windows_time_zone_problem(text):
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
