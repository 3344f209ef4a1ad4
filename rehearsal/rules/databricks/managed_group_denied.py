"""Nobody but Databricks writes into its managed resource group."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    GROUP_NAME,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    group = resource.text("managedResourceGroupId").lower().rstrip("/")
    for other in world.resources if group else ():
        if (
            other is not resource
            and other.custom
            and not other.external
            and other.id.lower().startswith(f"{group}/")
        ):
            yield Violation(
                "managedResourceGroupId",
                f"{other.urn} lies in it, where a deny assignment stops everybody but Databricks; put it elsewhere",
            )


_MANAGED = "rg-dbw-ml-dev-managed"


def _case(group: str) -> Case:
    return Case(
        (
            declare(tokens.DATABRICKS_WORKSPACE, name="workspace"),
            declare(tokens.IDENTITY, {"resourceGroupName": group}, depends_on=("workspace",)),
        )
    )


RULE = Rule(
    id="DBW007",
    service="Databricks workspace",
    title="nothing else in the managed resource group",
    applies_to=(tokens.DATABRICKS_WORKSPACE,),
    status=403,
    code="DenyAssignmentAuthorizationFailed",
    source="learn.microsoft.com azure/databricks/getting-started/overview (managed resource group)",
    check=_check,
    trips=_case(_MANAGED),
    passes=_case(GROUP_NAME),
)
