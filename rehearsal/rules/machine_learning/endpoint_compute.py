"""An online endpoint on a cluster of one's own uses a compute of type Kubernetes."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_ID
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_PATH = "properties.compute"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    compute = world.find(resource.value(_PATH))
    if compute is not None and compute.text("properties.computeType") == "AKS":
        yield Violation(
            _PATH,
            f"{compute.urn} is of type AKS, on which endpoints are no longer created; attach the cluster as "
            "'Kubernetes', with the Azure ML extension",
        )


def _case(kind: str) -> Case:
    attach: dict[str, object] = {"computeType": kind, "resourceId": CLUSTER_ID}
    if kind == "Kubernetes":
        attach["properties"] = {"namespace": "default"}
    return Case(
        (
            declare(tokens.ML_COMPUTE, {"computeName": "aks", "properties": attach}, name="compute"),
            declare(
                tokens.ML_ONLINE_ENDPOINT,
                {_PATH: Ref("compute"), "properties.authMode": "Key"},
                depends_on=("compute",),
            ),
        )
    )


RULE = Rule(
    id="AML355",
    service="Azure ML endpoint",
    title="an online endpoint on a compute of type Kubernetes",
    applies_to=(tokens.ML_ONLINE_ENDPOINT,),
    status=400,
    code="NotSupported",
    source="Azure/azure-cli-extensions issue 5102 (code and text)",
    check=_check,
    trips=_case("AKS"),
    passes=_case("Kubernetes"),
)
