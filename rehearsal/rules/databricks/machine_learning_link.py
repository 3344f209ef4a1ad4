"""One Azure ML workspace is linked to one Databricks workspace."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    ML_WORKSPACE_ID,
    SUBSCRIPTION,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_LINK = "parameters.amlWorkspaceId.value"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    link = resource.text(_LINK).lower()
    for other in world.of_types((tokens.DATABRICKS_WORKSPACE,)):
        if link and other.order < resource.order and other.text(_LINK).lower() == link:
            yield Violation(
                _LINK,
                f"is linked to {other.urn} already; leave the link out here, or link to another ML workspace",
            )
            return


def _case(second: str) -> Case:
    link = {"parameters": {"amlWorkspaceId": {"value": ML_WORKSPACE_ID}}}
    other = {
        "workspaceName": "dbw-ml-dev-2",
        "managedResourceGroupId": f"{SUBSCRIPTION}/resourceGroups/rg-dbw-ml-dev-2-managed",
        "parameters": {"amlWorkspaceId": {"value": second}},
    }
    return Case(
        (
            declare(tokens.DATABRICKS_WORKSPACE, link, name="first"),
            declare(tokens.DATABRICKS_WORKSPACE, other),
        )
    )


RULE = Rule(
    id="DBW005",
    service="Databricks workspace",
    title="one link to each Azure ML workspace",
    applies_to=(tokens.DATABRICKS_WORKSPACE,),
    status=409,
    code="Conflict",
    source="learn.microsoft.com machine-learning/how-to-use-mlflow-azure-databricks; "
    "Azure/MachineLearningNotebooks pull request 580",
    check=_check,
    trips=_case(ML_WORKSPACE_ID),
    passes=_case(f"{ML_WORKSPACE_ID}-2"),
)
