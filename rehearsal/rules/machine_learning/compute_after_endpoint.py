"""Compute without a public address finds its workspace by the workspace's private endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import ML_SUBNET
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_PATH = "properties.properties.enableNodePublicIp"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only where the stack declares endpoints of the workspace: others may exist already."""
    if resource.value(_PATH) is not False or resource.value("properties.properties.subnet") is None:
        return
    workspace_id = resource.id.lower().partition("/computes/")[0]
    endpoints = [
        endpoint
        for endpoint in world.of_types((tokens.PRIVATE_ENDPOINT,))
        for connection in endpoint.items("privateLinkServiceConnections")
        if str(connection.get("privateLinkServiceId", "")).lower() == workspace_id
    ]
    if endpoints and not any(world.depends_on(resource, endpoint) for endpoint in endpoints):
        yield Violation(
            _PATH,
            f"nodes without a public address need the workspace's private endpoint; put {endpoints[0].urn} into "
            "depends_on",
        )


def _case(*, waits: bool) -> Case:
    connection = {"name": "workspace", "privateLinkServiceId": Ref("workspace"), "groupIds": ["amlworkspace"]}
    return Case(
        (
            declare(tokens.ML_WORKSPACE, name="workspace"),
            declare(
                tokens.PRIVATE_ENDPOINT,
                {"privateLinkServiceConnections": [connection]},
                name="endpoint",
                depends_on=("workspace",),
            ),
            declare(
                tokens.ML_COMPUTE,
                {_PATH: False, "properties.properties.subnet": ML_SUBNET},
                depends_on=("workspace", "endpoint") if waits else ("workspace",),
            ),
        )
    )


RULE = Rule(
    id="AML356",
    service="Azure ML compute",
    title="nodes without a public address wait for the workspace's private endpoint",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="Azure/data-product-analytics issue 70 (UserError, of 2021); Azure/ResourceModules pull 3908",
    check=_check,
    trips=_case(waits=False),
    passes=_case(waits=True),
    severity=Severity.WARNING,
)
