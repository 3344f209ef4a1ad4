"""Dual tracking does not reach a private Azure ML workspace."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_LINK = "parameters.amlWorkspaceId.value"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace = world.find(resource.text(_LINK))
    if workspace is not None and workspace.text("publicNetworkAccess") == "Disabled":
        yield Violation(
            _LINK,
            f"runs are not tracked in {workspace.urn}, which is private; set MLFLOW_TRACKING_URI on clusters instead",
        )


def _case(access: str) -> Case:
    return Case(
        (
            declare(tokens.ML_WORKSPACE, {"publicNetworkAccess": access}, name="ml"),
            declare(
                tokens.DATABRICKS_WORKSPACE,
                {"parameters": {"amlWorkspaceId": {"value": Ref("ml")}}},
            ),
        )
    )


RULE = Rule(
    id="DBW006",
    service="Databricks workspace",
    title="no link to a private Azure ML workspace",
    applies_to=(tokens.DATABRICKS_WORKSPACE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-use-mlflow-azure-databricks (limitations)",
    check=_check,
    trips=_case("Disabled"),
    passes=_case("Enabled"),
    severity=Severity.WARNING,
)
