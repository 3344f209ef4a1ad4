"""Schedules by cron have the five fields of NCrontab."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import ncron
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.machine_learning.example_schedule import SCHEDULE, schedule_case
from rehearsal.rules.machine_learning.schedule_places import schedule_texts
from rehearsal.rules.rule import Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for place, text in schedule_texts(resource, "expression"):
        if problem := ncron.ncron_problem(text):
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
