"""Clusters are attached as Kubernetes, not as AKS."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.monitor.registration import Resource
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_ID
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation
from rehearsal.world import World

_PATH = "properties.computeType"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text(_PATH) == "AKS":
        yield Violation(
            _PATH, "'AKS' is the attachment of version 1, which the service no longer makes; use 'Kubernetes'"
        )


def _case(kind: str) -> Case:
    properties = {"computeType": kind, "resourceId": CLUSTER_ID, "properties": {}}
    return Case((declare(tokens.ML_COMPUTE, {"computeName": "aks", "properties": properties}),))


RULE = Rule(
    id="AML155",
    service="Azure ML compute",
    title="no AKS compute of version 1",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="NotSupported",
    source="Azure/azure-cli-extensions issue 5102",
    check=_check,
    trips=_case("AKS"),
    passes=_case("Kubernetes"),
)
