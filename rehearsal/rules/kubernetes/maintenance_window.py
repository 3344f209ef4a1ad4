"""Maintenance windows have names that AKS knows, and four hours."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import CLUSTER_NAME, GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_CONFIGURATION = "azure-native:containerservice:MaintenanceConfiguration"
_NAMES = ("default", "aksManagedAutoUpgradeSchedule", "aksManagedNodeOSUpgradeSchedule")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    name = resource.text("configName")
    if name and name not in _NAMES:
        yield Violation("configName", f"'{name}' is none of {', '.join(_NAMES)}; use one of them")
    hours = resource.value("maintenanceWindow.durationHours")
    if isinstance(hours, int) and not 4 <= hours <= 24:
        yield Violation("maintenanceWindow.durationHours", f"{hours} is not from 4 to 24 hours")


def _case(name: str) -> Case:
    window = {
        "durationHours": 4,
        "startTime": "01:00",
        "schedule": {"weekly": {"dayOfWeek": "Sunday", "intervalWeeks": 1}},
    }
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "resourceName": CLUSTER_NAME,
        "configName": name,
        "maintenanceWindow": window,
    }
    return Case((Declared(_CONFIGURATION, inputs),))


RULE = Rule(
    id="AKS151",
    service="AKS maintenance configuration",
    title="maintenance windows by AKS's own names, of four hours at least",
    applies_to=(_CONFIGURATION,),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/aks/planned-maintenance",
    check=_check,
    trips=_case("weekly"),
    passes=_case("aksManagedAutoUpgradeSchedule"),
)
