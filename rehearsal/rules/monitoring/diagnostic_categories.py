"""A diagnostic setting asks for what its target has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts import diagnostic_categories
from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.diagnostic_categories import DIAGNOSTIC_SUPPORT
from azure_facts.log_categories import SOURCE, CategoryProblem, category_problem
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import ML_WORKSPACE_ID
from rehearsal.rules.rule import Case, Declared, Rule, Violation

DIAGNOSTIC_SETTING = "azure-native:monitor:DiagnosticSetting"
_ALL_LOGS: Mapping[str, object] = {"categoryGroup": "allLogs", "enabled": True}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    """Only of types that the tables have."""
    for path, problem in log_problems(resource):
        if problem.sure:
            yield Violation(path, problem.message)
    support = DIAGNOSTIC_SUPPORT.get(_type(resource))
    if support is None:
        return
    for index, _ in enumerate(resource.items("logs")):
        if not support.logs:
            yield Violation(f"logs[{index}]", "the type has no resource logs; leave logs out")
    for index, metric in enumerate(resource.items("metrics")):
        category = metric.get("category")
        if support.metrics is None:
            yield Violation(
                f"metrics[{index}]", "the type's metrics cannot be sent by a setting; leave metrics out"
            )
        elif isinstance(category, str) and category not in (
            support.metrics,
            *support.more_metrics,
            diagnostic_categories.ALL_METRICS,
        ):
            yield Violation(
                f"metrics[{index}].category",
                f"'{category}' is no category of the type; use {support.metrics}",
            )


def log_problems(resource: Resource) -> Iterator[tuple[str, CategoryProblem]]:
    """Path and problem of every category that the target's type is not known to have."""
    for index, log in enumerate(resource.items("logs")):
        category = log.get("category")
        if isinstance(category, str) and (problem := category_problem(_type(resource), category)):
            yield f"logs[{index}].category", problem


def _type(resource: Resource) -> str:
    """The target's ARM type in lower case; empty where its id does not say it."""
    try:
        return parse_arm_id(resource.text("resourceUri")).resource_type.lower()
    except ArmIdError:
        return ""


def category_case(category: str) -> Case:
    """A setting of one category of an ML workspace."""
    return setting_case("AllMetrics", {"category": category, "enabled": True})


def setting_case(metrics: str, log: Mapping[str, object] = _ALL_LOGS) -> Case:
    """A setting of an ML workspace with this category of metrics."""
    inputs = {
        "resourceUri": ML_WORKSPACE_ID,
        "name": "to-log-analytics",
        "workspaceId": f"{ML_WORKSPACE_ID.rpartition('/providers/')[0]}"
        "/providers/Microsoft.OperationalInsights/workspaces/log-ml-dev",
        "logs": [dict(log)],
        "metrics": [{"category": metrics, "enabled": True}],
    }
    return Case((Declared(DIAGNOSTIC_SETTING, inputs),))


RULE = Rule(
    id="MON181",
    service="Azure Monitor diagnostic setting",
    title="categories that the target's type has",
    applies_to=(DIAGNOSTIC_SETTING,),
    status=400,
    code="BadRequest",
    source=f"{diagnostic_categories.INDEX}; {SOURCE}",
    check=_check,
    trips=setting_case("Everything"),
    passes=setting_case("AllMetrics"),
)
