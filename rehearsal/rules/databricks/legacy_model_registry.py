"""The workspace model registry is legacy."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_MODEL = "databricks:index/mlflowModel:MlflowModel"


def _check(_resource: Resource, _world: World) -> Iterator[Violation]:
    yield Violation(
        "", "is a model of the legacy workspace registry; use databricks.RegisteredModel (Unity Catalog)"
    )


RULE = Rule(
    id="DBX037",
    service="Databricks model registry",
    title="models live in Unity Catalog",
    applies_to=(_MODEL,),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/mlflow_model.md",
    check=_check,
    trips=Case((Declared(_MODEL, {"name": "forecast"}),)),
    passes=Case(
        (
            Declared(
                "databricks:index/registeredModel:RegisteredModel",
                {"name": "forecast", "catalogName": "forecast_dev", "schemaName": "models"},
            ),
        )
    ),
    severity=Severity.WARNING,
)
