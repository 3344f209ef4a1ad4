"""A workspace says in which compute mode it runs, and cannot change it."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_HYBRID_ONLY = (
    "managedResourceGroupId",
    "accessConnector",
    "defaultCatalog",
    "parameters.amlWorkspaceId",
    "parameters.customVirtualNetworkId",
    "parameters.customPublicSubnetName",
    "parameters.customPrivateSubnetName",
)


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    mode = resource.text("computeMode")
    if not mode:
        yield Violation(
            "computeMode",
            "required on create although the SDK's argument is optional; set compute_mode='Hybrid' (or 'Serverless')",
        )
    elif mode == "Hybrid" and not resource.value("managedResourceGroupId"):
        yield Violation(
            "managedResourceGroupId", "required in Hybrid mode; name a resource group that does not exist yet"
        )
    elif mode == "Serverless":
        for path in _HYBRID_ONLY:
            if resource.value(path) is not None:
                yield Violation(
                    path, "not allowed in Serverless mode; leave it out, or set compute_mode='Hybrid'"
                )


RULE = Rule(
    id="DBW001",
    service="Databricks workspace",
    title="computeMode is stated and fits what else is set",
    applies_to=(tokens.DATABRICKS_WORKSPACE,),
    status=400,
    code="InvalidRequestContent",
    source="Azure REST spec databricks 2026-01-01, WorkspaceProperties.computeMode",
    check=_check,
    trips=Case((declare(tokens.DATABRICKS_WORKSPACE, {"computeMode": REMOVE}),)),
    passes=Case((declare(tokens.DATABRICKS_WORKSPACE),)),
)
