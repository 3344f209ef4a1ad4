"""An availability test belongs to an Application Insights and calls every 5, 10 or 15 minutes."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_TEST = "azure-native:applicationinsights:WebTest"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    tags = resource.value("tags")
    names = tags if isinstance(tags, dict) else {}
    if not any(str(name).startswith("hidden-link:") for name in names) and not resource.is_unknown("tags"):
        yield Violation(
            "tags",
            "have no 'hidden-link:<id of the Application Insights>': Resource, by which the test is found; add it",
        )
    frequency = resource.value("frequency")
    if isinstance(frequency, int) and frequency not in (300, 600, 900):
        yield Violation("frequency", f"{frequency} is none of 300, 600, 900 seconds; use one of them")


def _case(frequency: int) -> Case:
    component = f"{GROUP}/providers/Microsoft.Insights/components/appi-ml-dev"
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "webTestName": "wt-quotes-ml-dev",
        "syntheticMonitorId": "wt-quotes-ml-dev",
        "webTestKind": "standard",
        "kind": "standard",
        "frequency": frequency,
        "locations": [{"location": "emea-nl-ams-azr"}],
        "request": {"requestUrl": "https://example.com/", "httpVerb": "GET"},
        "tags": {f"hidden-link:{component}": "Resource"},
    }
    return Case((Declared(_TEST, inputs),))


RULE = Rule(
    id="MON151",
    service="Application Insights availability test",
    title="a test is linked to its Application Insights and calls every 5, 10 or 15 minutes",
    applies_to=(_TEST,),
    status=400,
    code="BadRequest",
    source="learn.microsoft.com azure-monitor/app/availability; Azure REST spec insights 2022-06-15",
    check=_check,
    trips=_case(60),
    passes=_case(300),
)
