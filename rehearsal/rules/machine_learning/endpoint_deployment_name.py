"""On Kubernetes the names of endpoint and deployment share one limit."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    ML_WORKSPACE_ID,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_COMPUTE = f"{ML_WORKSPACE_ID}/computes/aks"
_ENDPOINT = "ep-" + "a" * 29


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("properties.endpointComputeType") != "Kubernetes":
        return
    length = len(resource.text("endpointName")) + len(resource.text("deploymentName"))
    if not 6 <= length <= 62:
        yield Violation(
            "deploymentName",
            f"endpoint and deployment names have {length} characters together; they must have 6 to 62",
        )


def _case(deployment: str) -> Case:
    endpoint = {"endpointName": _ENDPOINT, "properties.compute": _COMPUTE, "properties.authMode": "Key"}
    changes = {
        "endpointName": _ENDPOINT,
        "deploymentName": deployment,
        "properties.endpointComputeType": "Kubernetes",
    }
    return Case(
        (
            declare(tokens.ML_ONLINE_ENDPOINT, endpoint, name="endpoint"),
            declare(tokens.ML_ONLINE_DEPLOYMENT, changes, depends_on=("endpoint",)),
        )
    )


RULE = Rule(
    id="NAM002",
    service="Azure ML online deployment",
    title="names of endpoint and deployment fit together",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="BadArgument",
    source="learn.microsoft.com machine-learning/how-to-manage-quotas (Kubernetes online endpoints)",
    check=_check,
    trips=_case("b" * 32),
    passes=_case("blue"),
)
