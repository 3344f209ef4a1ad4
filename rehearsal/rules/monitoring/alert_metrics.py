"""A metric alert looks at what its target measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.metrics import SUPPORTED_METRICS, MetricProblem, metric_problems
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, ML_WORKSPACE_ID
from rehearsal.rules.rule import Case, Declared, Rule, Violation

METRIC_ALERT = "azure-native:monitor:MetricAlert"


def alert_problems(resource: Resource) -> Iterator[tuple[str, MetricProblem, bool]]:
    """Path, problem, and whether Azure is told to look past it, of every criterion on a platform metric of the target.
    A namespace of its own holds metrics that nobody lists."""
    scope = resource.value("scopes[0]")
    try:
        target = parse_arm_id(scope).resource_type if isinstance(scope, str) else ""
    except ArmIdError:
        return
    for index, criterion in enumerate(resource.items("criteria.allOf")):
        metric, namespace = criterion.get("metricName"), criterion.get("metricNamespace")
        if not isinstance(metric, str) or (
            isinstance(namespace, str) and namespace.lower() != target.lower()
        ):
            continue
        listed = criterion.get("dimensions")
        dimensions = [
            str(dimension.get("name"))
            for dimension in (listed if isinstance(listed, list) else ())
            if isinstance(dimension, Mapping)
        ]
        unchecked = criterion.get("skipMetricValidation") is True
        for problem in metric_problems(target, metric, dimensions):
            at = f"criteria.allOf[{index}]"
            place = "metricName" if problem.dimension is None else f"dimensions[{problem.dimension}].name"
            yield f"{at}.{place}", problem, unchecked


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for path, problem, unchecked in alert_problems(resource):
        if problem.sure and not unchecked:
            yield Violation(path, problem.message)


def alert_case(metric: str, *, dimension: str = "Scenario", unchecked: bool = False) -> Case:
    """An alert on one metric of an ML workspace."""
    criterion = {
        "criterionType": "StaticThresholdCriterion",
        "name": "failed-runs",
        "metricName": metric,
        "metricNamespace": "Microsoft.MachineLearningServices/workspaces",
        "operator": "GreaterThan",
        "threshold": 0,
        "timeAggregation": "Total",
        "dimensions": [{"name": dimension, "operator": "Include", "values": ["*"]}],
        "skipMetricValidation": unchecked,
    }
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": "global",
        "ruleName": "ma-failed-runs-ml-dev",
        "enabled": True,
        "severity": 2,
        "scopes": [ML_WORKSPACE_ID],
        "evaluationFrequency": "PT5M",
        "windowSize": "PT15M",
        "criteria": {
            "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
            "allOf": [criterion],
        },
    }
    return Case((Declared(METRIC_ALERT, inputs),))


RULE = Rule(
    id="MON190",
    service="Azure Monitor metric alert",
    title="a metric and dimensions that the target's type has",
    applies_to=(METRIC_ALERT,),
    status=400,
    code="BadRequest",
    source=str(SUPPORTED_METRICS),
    check=_check,
    trips=alert_case("FailedRuns"),
    passes=alert_case("Failed Runs"),
)
