"""Databricks makes its managed resource group itself."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_MANAGED = "rg-dbw-ml-dev-managed"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    group = world.find(resource.text("managedResourceGroupId"))
    if group is not None:
        yield Violation(
            "managedResourceGroupId",
            f"must not exist yet, but {group.urn} creates it; name a group that nothing declares",
        )


RULE = Rule(
    id="DBW002",
    service="Databricks workspace",
    title="the managed resource group does not exist beforehand",
    applies_to=(tokens.DATABRICKS_WORKSPACE,),
    status=409,
    code="ApplicationUpdateFail",
    source="learn.microsoft.com azure/databricks/admin/workspace (managed resource group)",
    check=_check,
    trips=Case(
        (
            declare(
                tokens.RESOURCE_GROUP, {"resourceGroupName": _MANAGED, "location": LOCATION}, name="managed"
            ),
            declare(tokens.DATABRICKS_WORKSPACE, depends_on=("managed",)),
        )
    ),
    passes=Case(
        (
            declare(tokens.RESOURCE_GROUP, {"resourceGroupName": GROUP_NAME}, name="group"),
            declare(tokens.DATABRICKS_WORKSPACE, depends_on=("group",)),
        )
    ),
)
