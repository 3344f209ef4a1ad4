"""A job tells at most three destinations of one event."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_EVENTS = (
    "onStarts",
    "onSuccesses",
    "onFailures",
    "onDurationWarningThresholdExceededs",
    "onStreamingBacklogExceededs",
)
_MOST = 3


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    places = ["", *(f"tasks[{index}]." for index in range(len(resource.items("tasks"))))]
    for place in places:
        for event in _EVENTS:
            path = f"{place}webhookNotifications.{event}"
            told = resource.items(path)
            if len(told) > _MOST:
                yield Violation(
                    path, f"names {len(told)} destinations; {_MOST} are the most: drop the others"
                )


def _case(count: int) -> Case:
    told = [{"id": f"00000000-0000-4000-8000-00000000000{number}"} for number in range(count)]
    return Case((declare(tokens.JOB, {"webhookNotifications": {"onFailures": told}}),))


RULE = Rule(
    id="DBX156",
    service="Databricks job",
    title="three destinations for each event at most",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="learn.microsoft.com azure/databricks/jobs/notifications",
    check=_check,
    trips=_case(4),
    passes=_case(3),
)
