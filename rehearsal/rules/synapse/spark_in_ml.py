"""Azure ML does not use Spark of a workspace that prevents exfiltration."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, SYNAPSE_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.resourceId"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.text("properties.computeType") != "SynapseSpark":
        return
    workspace = world.find(resource.text(_PATH).lower().partition("/bigdatapools/")[0])
    if workspace and workspace.value("managedVirtualNetworkSettings.preventDataExfiltration") is True:
        yield Violation(
            _PATH,
            f"is a pool of {workspace.urn}, which prevents exfiltration: Azure ML does not support it; leave the pool "
            "out, or make the workspace without",
        )


_ATTACHED = {
    "computeName": "spark-training",
    "properties": {
        "computeType": "SynapseSpark",
        "resourceId": f"{GROUP}/providers/Microsoft.Synapse/workspaces/{SYNAPSE_NAME}/bigDataPools/training",
    },
}


def _case(*, prevents: bool) -> Case:
    closed = {"managedVirtualNetworkSettings.preventDataExfiltration": prevents}
    return Case(
        (
            declare(tokens.SYNAPSE_WORKSPACE, closed, name="workspace"),
            declare(tokens.SYNAPSE_SPARK_POOL, name="pool", depends_on=("workspace",)),
            declare(tokens.ML_COMPUTE, _ATTACHED, depends_on=("workspace", "pool")),
        )
    )


RULE = Rule(
    id="SYN328",
    service="Synapse",
    title="Azure ML uses Spark of a workspace that does not prevent exfiltration",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning how-to-private-endpoint-integration-synapse",
    check=_check,
    trips=_case(prevents=True),
    passes=_case(prevents=False),
    severity=Severity.WARNING,
)
