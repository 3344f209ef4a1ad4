"""Schedules take Windows' names of time zones."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_ID, ML_WORKSPACE_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_SCHEDULE = "azure-native:machinelearningservices:Schedule"
_PATH = "properties.trigger.timeZone"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    text = resource.text(_PATH)
    if "/" in text:
        yield Violation(
            _PATH, f"'{text}' is an IANA name; use Windows' name, such as 'W. Europe Standard Time' or 'UTC'"
        )


def _case(time_zone: str) -> Case:
    trigger = {"triggerType": "Cron", "expression": "0 3 * * *", "timeZone": time_zone}
    job = {
        "jobType": "Pipeline",
        "componentId": f"{ML_WORKSPACE_ID}/components/train/versions/1",
        "experimentName": "train",
    }
    action = {"actionType": "CreateJob", "jobDefinition": job}
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "workspaceName": ML_WORKSPACE_NAME,
        "name": "train",
        "properties": {"trigger": trigger, "action": action},
    }
    return Case((Declared(_SCHEDULE, inputs),))


RULE = Rule(
    id="AML156",
    service="Azure ML schedule",
    title="time zones by Windows' names",
    applies_to=(_SCHEDULE,),
    status=400,
    code="BadArgument",
    source="Azure REST spec machinelearningservices 2025-12-01, TriggerBase.timeZone",
    check=_check,
    trips=_case("Europe/Amsterdam"),
    passes=_case("W. Europe Standard Time"),
)
