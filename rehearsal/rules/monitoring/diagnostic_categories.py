"""A diagnostic setting asks for what its target has."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import diagnostic_categories
from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from azure_facts.diagnostic_categories import DIAGNOSTIC_SUPPORT, DiagnosticSupport
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import ML_WORKSPACE_ID
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_SETTING = "azure-native:monitor:DiagnosticSetting"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    """Only of types that the table has; single categories only where it has them too."""
    support = _support(resource.text("resourceUri"))
    if support is None:
        return
    for index, log in enumerate(resource.items("logs")):
        category = log.get("category")
        if not support.logs:
            yield Violation(f"logs[{index}]", "the type has no resource logs; leave logs out")
        elif support.categories and isinstance(category, str) and category not in support.categories:
            yield Violation(
                f"logs[{index}].category",
                f"'{category}' is no category of the type; use one of {', '.join(support.categories)}",
            )
    for index, metric in enumerate(resource.items("metrics")):
        category = metric.get("category")
        if support.metrics is None:
            yield Violation(
                f"metrics[{index}]", "the type's metrics cannot be sent by a setting; leave metrics out"
            )
        elif isinstance(category, str) and category not in (
            support.metrics,
            diagnostic_categories.ALL_METRICS,
        ):
            yield Violation(
                f"metrics[{index}].category",
                f"'{category}' is no category of the type; use {support.metrics}",
            )


def _support(resource_id: str) -> DiagnosticSupport | None:
    try:
        return DIAGNOSTIC_SUPPORT.get(parse_arm_id(resource_id).resource_type.lower())
    except ArmIdError:
        return None


def _case(metrics: str) -> Case:
    inputs = {
        "resourceUri": ML_WORKSPACE_ID,
        "name": "to-log-analytics",
        "workspaceId": f"{ML_WORKSPACE_ID.rpartition('/providers/')[0]}"
        "/providers/Microsoft.OperationalInsights/workspaces/log-ml-dev",
        "logs": [{"categoryGroup": "allLogs", "enabled": True}],
        "metrics": [{"category": metrics, "enabled": True}],
    }
    return Case((Declared(_SETTING, inputs),))


RULE = Rule(
    id="MON181",
    service="Azure Monitor diagnostic setting",
    title="categories that the target's type has",
    applies_to=(_SETTING,),
    status=400,
    code="BadRequest",
    source=str(diagnostic_categories.INDEX),
    check=_check,
    trips=_case("Everything"),
    passes=_case("AllMetrics"),
)
