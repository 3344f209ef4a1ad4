"""A log alert compares with an operator that alert rules know."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_ID
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ALERT = "azure-native:monitor:ScheduledQueryRule"
# `Equal`, though the specification writes `Equals` (Azure/bicep-types-az issues 2308 and 2643).
_OPERATORS = ("Equal", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, condition in enumerate(resource.items("criteria.allOf")):
        operator = condition.get("operator")
        if isinstance(operator, str) and operator not in _OPERATORS:
            yield Violation(
                f"criteria.allOf[{index}].operator",
                f"'{operator}' is none of {', '.join(_OPERATORS)}; use one of them, as text",
            )


def _case(operator: str) -> Case:
    condition = {
        "query": "DatabricksJobs",
        "timeAggregation": "Count",
        "operator": operator,
        "threshold": 0,
        "failingPeriods": {"minFailingPeriodsToAlert": 1, "numberOfEvaluationPeriods": 1},
    }
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": "westeurope",
        "ruleName": "la-failed-runs-ml-dev",
        "kind": "LogAlert",
        "enabled": True,
        "severity": 2,
        "scopes": [ML_WORKSPACE_ID],
        "evaluationFrequency": "PT5M",
        "windowSize": "PT5M",
        "criteria": {"allOf": [condition]},
    }
    return Case((Declared(_ALERT, inputs),))


RULE = Rule(
    id="MON170",
    service="Azure Monitor log alert",
    title="an operator that alert rules know",
    applies_to=(_ALERT,),
    status=400,
    code="BadRequest",
    source="Azure REST spec insights 2023-12-01, scheduledQueryRules; Azure/bicep-types-az issue 2308",
    check=_check,
    trips=_case("gt"),
    passes=_case("GreaterThan"),
)
