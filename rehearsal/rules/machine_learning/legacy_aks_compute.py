"""The compute type AKS belongs to SDK v1."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    CLUSTER_ID,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("properties.computeType") == "AKS":
        yield Violation(
            "properties.computeType",
            "'AKS' is the attach of SDK v1, which refuses its own second PUT; attach with 'Kubernetes'",
        )


def _case(kind: str) -> Case:
    attach = {"computeType": kind, "resourceId": CLUSTER_ID, "properties": {"namespace": "default"}}
    if kind == "AKS":
        attach.pop("properties")
    return Case((declare(tokens.ML_COMPUTE, {"computeName": "aks", "properties": attach}),))


RULE = Rule(
    id="AML034",
    service="Azure ML compute",
    title="no compute of type AKS",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/v1/how-to-create-attach-kubernetes",
    check=_check,
    trips=_case("AKS"),
    passes=_case("Kubernetes"),
    severity=Severity.WARNING,
)
