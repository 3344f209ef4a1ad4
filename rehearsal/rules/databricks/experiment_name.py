"""An experiment is named by an absolute workspace path."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    name = resource.text("name")
    if name and not name.startswith("/"):
        yield Violation("name", f"'{name}' must be an absolute workspace path, such as /Shared/{name}")


RULE = Rule(
    id="DBX018",
    service="Databricks experiment",
    title="the name is an absolute path",
    applies_to=(tokens.EXPERIMENT,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/mlflow_experiment.md",
    check=_check,
    trips=Case((declare(tokens.EXPERIMENT, {"name": "forecast"}),)),
    passes=Case((declare(tokens.EXPERIMENT),)),
)
