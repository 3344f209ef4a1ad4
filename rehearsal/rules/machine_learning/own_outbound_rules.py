"""Outbound rules to the workspace's own services: its managed network has them by itself."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, ML_WORKSPACE_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_RULE = "azure-native:machinelearningservices:ManagedNetworkSettingsRule"
_TARGET = "properties.destination.serviceResourceId"
_OWN = ("storageAccount", "keyVault", "containerRegistry")
_NEEDED = {"storageAccount": ("blob", "file"), "keyVault": ("vault",), "containerRegistry": ("registry",)}
"""The parts for which the network makes endpoints of its own; others (queue, table, dfs) take a rule."""


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace = world.find(resource.id.partition("/outboundRules/")[0])
    target = resource.text(_TARGET).lower()
    if workspace is None or workspace.text("managedNetwork.isolationMode") != "AllowOnlyApprovedOutbound":
        return
    part = resource.text("properties.destination.subresourceTarget").lower()
    for name in _OWN:
        if target and workspace.text(name).lower() == target and part in _NEEDED[name]:
            yield Violation(
                _TARGET,
                f"is the workspace's own {name}, to which its network has a way already: leave it out",
            )


def _case(part: str) -> Case:
    destination = {
        "serviceResourceId": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stmldev7k2ap",
        "subresourceTarget": part,
        "sparkEnabled": False,
    }
    rule = {
        "resourceGroupName": GROUP_NAME,
        "workspaceName": ML_WORKSPACE_NAME,
        "ruleName": "own",
        "properties": {"type": "PrivateEndpoint", "category": "UserDefined", "destination": destination},
    }
    workspace = declare(
        tokens.ML_WORKSPACE, {"managedNetwork.isolationMode": "AllowOnlyApprovedOutbound"}, name="workspace"
    )
    return Case((workspace, Declared(_RULE, rule, depends_on=("workspace",))))


RULE = Rule(
    id="AML353",
    service="Azure ML managed network",
    title="no outbound rule to the workspace's own storage, vault or registry",
    applies_to=(_RULE,),
    status=0,
    code="",
    source="learn.microsoft.com azure/machine-learning/how-to-managed-network (private endpoints that are made by "
    "default); Azure/azureml-examples pull 2990",
    check=_check,
    trips=_case("blob"),
    passes=_case("table"),
    severity=Severity.WARNING,
)
