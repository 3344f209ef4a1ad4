"""Schedule triggers take Windows' names of time zones, and a moment that fits them."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import time_zones
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_TRIGGER = "azure-native:datafactory:Trigger"
_PATH = "properties.recurrence"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("properties.type") != "ScheduleTrigger":
        return
    zone, start = resource.text(f"{_PATH}.timeZone"), resource.text(f"{_PATH}.startTime")
    problem = time_zones.windows_time_zone_problem(zone) if zone else None
    if problem:
        yield Violation(f"{_PATH}.timeZone", problem)
    if zone and zone != "UTC" and start.endswith("Z"):
        yield Violation(
            f"{_PATH}.startTime", f"'{start}' is in UTC, and timeZone is '{zone}'; leave the Z out"
        )


def _case(zone: str) -> Case:
    recurrence = {"frequency": "Day", "interval": 1, "startTime": "2026-12-01T01:00:00", "timeZone": zone}
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "factoryName": "adf-ml-dev",
        "triggerName": "nightly",
        "properties": {"type": "ScheduleTrigger", "recurrence": recurrence},
    }
    return Case((Declared(_TRIGGER, inputs),))


RULE = Rule(
    id="ADF150",
    service="Data Factory trigger",
    title="schedules by Windows' names of time zones",
    applies_to=(_TRIGGER,),
    status=400,
    code="BadRequest",
    source=str(time_zones.DATA_FACTORY),
    check=_check,
    trips=_case("Europe/Amsterdam"),
    passes=_case("W. Europe Standard Time"),
)
