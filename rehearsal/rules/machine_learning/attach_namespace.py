"""Attaching does not create the namespace it names."""

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

_PATH = "properties.properties.namespace"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("properties.computeType") == "Kubernetes" and resource.text(_PATH) not in (
        "",
        "default",
    ):
        yield Violation(
            _PATH,
            f"'{resource.text(_PATH)}' is neither created nor checked by the attach, and jobs fail in it later; create "
            "it first (kubectl create namespace), or use 'default'",
        )


def _case(namespace: str) -> Case:
    attach = {"computeType": "Kubernetes", "resourceId": CLUSTER_ID, "properties": {"namespace": namespace}}
    return Case((declare(tokens.ML_COMPUTE, {"computeName": "aks", "properties": attach}),))


RULE = Rule(
    id="AML027",
    service="Azure ML compute",
    title="the namespace of an attach exists",
    applies_to=(tokens.ML_COMPUTE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-attach-kubernetes-to-workspace",
    check=_check,
    trips=_case("scoring"),
    passes=_case("default"),
    severity=Severity.WARNING,
)
