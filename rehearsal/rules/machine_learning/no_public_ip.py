"""Compute without a public address needs a network of its own or the workspace's managed one."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import ML_SUBNET
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.properties.enableNodePublicIp"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.value(_PATH) is not False or resource.value("properties.properties.subnet") is not None:
        return
    workspace = world.find(resource.id.partition("/computes/")[0])
    mode = workspace.text("managedNetwork.isolationMode") if workspace is not None else ""
    if workspace is not None and mode in ("", "Disabled"):
        yield Violation(
            _PATH,
            "false needs a subnet, or a managed network on the workspace (managed_network.isolation_mode); without "
            "either the nodes would have no way out",
        )


RULE = Rule(
    id="AML006",
    service="Azure ML compute",
    title="no public IP only with a subnet or a managed network",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="InvalidPropertyValue",
    source="Azure REST spec machinelearningservices 2025-12-01, AmlComputeProperties.enableNodePublicIp",
    check=_check,
    trips=Case(
        (
            declare(tokens.ML_WORKSPACE, name="workspace"),
            declare(tokens.ML_COMPUTE, {_PATH: False}, depends_on=("workspace",)),
        )
    ),
    passes=Case(
        (
            declare(tokens.ML_WORKSPACE, name="workspace"),
            declare(
                tokens.ML_COMPUTE,
                {_PATH: False, "properties.properties.subnet": ML_SUBNET},
                depends_on=("workspace",),
            ),
        )
    ),
)
