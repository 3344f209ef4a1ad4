"""A metric alert looks at times that Azure Monitor knows."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_ID
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ALERT = "azure-native:monitor:MetricAlert"
_FREQUENCIES = ("PT1M", "PT5M", "PT15M", "PT30M", "PT1H")
_WINDOWS = (*_FREQUENCIES, "PT6H", "PT12H", "P1D")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    frequency, window = resource.text("evaluationFrequency"), resource.text("windowSize")
    for path, text, allowed in (
        ("evaluationFrequency", frequency, _FREQUENCIES),
        ("windowSize", window, _WINDOWS),
    ):
        if text and text not in allowed:
            yield Violation(path, f"'{text}' is none of {', '.join(allowed)}; use one of them")
    if frequency in _WINDOWS and window in _WINDOWS and _WINDOWS.index(frequency) > _WINDOWS.index(window):
        yield Violation(
            "windowSize",
            f"'{window}' is shorter than evaluationFrequency '{frequency}'; raise it to that at least",
        )


def _case(window: str) -> Case:
    criterion = {
        "criterionType": "StaticThresholdCriterion",
        "name": "failed-runs",
        "metricName": "Failed Runs",
        "operator": "GreaterThan",
        "threshold": 0,
        "timeAggregation": "Total",
    }
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": "global",
        "ruleName": "ma-failed-runs-ml-dev",
        "enabled": True,
        "severity": 2,
        "scopes": [ML_WORKSPACE_ID],
        "evaluationFrequency": "PT5M",
        "windowSize": window,
        "criteria": {
            "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
            "allOf": [criterion],
        },
    }
    return Case((Declared(_ALERT, inputs),))


RULE = Rule(
    id="MON150",
    service="Azure Monitor metric alert",
    title="evaluation times that Azure Monitor knows",
    applies_to=(_ALERT,),
    status=400,
    code="BadRequest",
    source="Azure REST spec insights 2018-03-01, MetricAlertProperties.evaluationFrequency and windowSize",
    check=_check,
    trips=_case("PT1M"),
    passes=_case("PT15M"),
)
