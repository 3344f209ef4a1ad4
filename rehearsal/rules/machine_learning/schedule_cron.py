"""Schedules by cron have the five fields of NCrontab."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import ncron
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, schedule_case
from rehearsal.rules.rule import Rule, Violation

_TRIGGER = "properties.trigger.expression"
_START_STOP = "properties.properties.schedules.computeStartStop"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    places = {_TRIGGER: resource.text(_TRIGGER)}
    for index in range(len(resource.items(_START_STOP))):
        place = f"{_START_STOP}[{index}].cron.expression"
        places[place] = resource.text(place)
    for place, text in places.items():
        problem = ncron.ncron_problem(text) if text else None
        if problem:
            yield Violation(place, problem)


RULE = Rule(
    id="AML159",
    service="Azure ML schedule",
    title="cron expressions have five fields that NCrontab knows",
    applies_to=(SCHEDULE, tokens.ML_COMPUTE),
    status=400,
    code="BadArgument",
    source=f"{ncron.MACHINE_LEARNING}; {ncron.SYNTAX}",
    check=_check,
    trips=schedule_case(expression="0 0 3 * * ?"),
    passes=schedule_case(expression="0 3 * * Mon-Fri"),
)
