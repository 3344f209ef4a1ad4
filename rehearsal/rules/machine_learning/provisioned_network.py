"""The managed network is provisioned before a managed deployment needs it."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.managed_endpoints import NETWORK_SOURCE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PROVISIONING = ("AmlCompute", "ComputeInstance")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only of workspaces of this stack: in others somebody may have provisioned it."""
    workspace = world.find(resource.id.lower().partition("/onlineendpoints/")[0])
    if workspace is None or workspace.external:
        return
    isolation = workspace.text("managedNetwork.isolationMode")
    managed = resource.text("properties.endpointComputeType") == "Managed"
    if not managed or isolation in ("", "Disabled") or workspace.is_unknown("provisionNetworkNow"):
        return
    made_by_compute = any(
        compute.text("properties.computeType") in _PROVISIONING
        for compute in world.grouped((tokens.ML_COMPUTE,), _workspace_of).get(workspace.id.lower(), ())
    )
    if workspace.value("provisionNetworkNow") is not True and not made_by_compute:
        yield Violation(
            "",
            f"nothing provisions the managed network of {workspace.urn}; set its provisionNetworkNow, or make a "
            "compute first",
        )


def _workspace_of(compute: Resource) -> str:
    return compute.id.lower().partition("/computes/")[0]


def _case(*, provisioned: bool) -> Case:
    network = {
        "managedNetwork": {"isolationMode": "AllowInternetOutbound"},
        "provisionNetworkNow": provisioned,
    }
    return Case(
        (
            declare(tokens.ML_WORKSPACE, network, name="workspace"),
            declare(tokens.ML_ONLINE_ENDPOINT, name="endpoint", depends_on=("workspace",)),
            declare(tokens.ML_ONLINE_DEPLOYMENT, depends_on=("endpoint",)),
        )
    )


RULE = Rule(
    id="AML202",
    service="Azure ML online deployment",
    title="the managed network is provisioned before a managed deployment",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="",
    source=str(NETWORK_SOURCE),
    check=_check,
    trips=_case(provisioned=False),
    passes=_case(provisioned=True),
)
