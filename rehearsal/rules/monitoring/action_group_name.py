"""An action group's short name is short."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_GROUP = "azure-native:monitor:ActionGroup"
_LONGEST = 12


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    name = resource.text("groupShortName")
    if len(name) > _LONGEST:
        yield Violation(
            "groupShortName", f"'{name}' has {len(name)} characters; give a name of {_LONGEST} at most"
        )


def _case(name: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": "global",
        "actionGroupName": "ag-platform-dev",
        "groupShortName": name,
        "enabled": True,
    }
    return Case((Declared(_GROUP, inputs),))


RULE = Rule(
    id="MON180",
    service="Azure Monitor action group",
    title="a short name of at most 12 characters",
    applies_to=(_GROUP,),
    status=400,
    code="BadRequest",
    source="learn.microsoft.com azure-monitor/alerts/action-groups-create-resource-manager-template "
    "(short name: maximum 12 characters)",
    check=_check,
    trips=_case("forecast-alerts"),
    passes=_case("forecast"),
)
