"""An alert on the activity log: where it lies, and what its conditions look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.activity_log import ALERT_FIELDS, ALERT_LOCATIONS, ALERT_SOURCE, CATEGORY_SOURCE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, SUBSCRIPTION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ALERT = "azure-native:monitor:ActivityLogAlert"
_CONDITIONS = "condition.allOf"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    location = resource.text("location")
    if location and location.lower().replace(" ", "") not in ALERT_LOCATIONS:
        yield Violation("location", f"is {location}; give {', '.join(ALERT_LOCATIONS)}")
    conditions = [list(_fields(condition)) for condition in resource.items(_CONDITIONS)]
    fields = [field.lower() for found in conditions for field in found]
    for field in fields:
        if field not in ALERT_FIELDS and not field.startswith("properties"):
            yield Violation(_CONDITIONS, f"looks at {field}, which the activity log does not have")
    # A condition whose field is not known yet may be the one on the category.
    if all(conditions) and fields and "category" not in fields:
        yield Violation(
            _CONDITIONS, "has no condition on the field category; give one, such as Administrative"
        )


def _fields(condition: Mapping[str, object]) -> Iterator[str]:
    """Of a condition, or of those of which any is enough."""
    field = condition.get("field")
    if isinstance(field, str):
        yield field
    inner = condition.get("anyOf")
    for leaf in inner if isinstance(inner, list | tuple) else ():
        if isinstance(leaf, Mapping):
            yield from _fields(leaf)


def _case(location: str, *fields: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "activityLogAlertName": "ala-role-assigned-dev",
        "location": location,
        "scopes": [SUBSCRIPTION],
        "condition": {"allOf": [{"field": field, "equals": "Administrative"} for field in fields]},
        "actions": {"actionGroups": []},
    }
    return Case((Declared(_ALERT, inputs),))


RULE = Rule(
    id="MON195",
    service="Azure Monitor activity log alert",
    title="lies in a region that has it, and names the category of what it looks for",
    applies_to=(_ALERT,),
    status=400,
    code="BadRequest",
    source=f"{ALERT_SOURCE}; {CATEGORY_SOURCE}",
    check=_check,
    trips=_case("eastus2", "operationName"),
    passes=_case("Global", "category", "operationName"),
)
