"""Endpoints on Kubernetes know keys and Azure ML tokens."""

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


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    on_kubernetes = resource.value("properties.compute") or resource.is_unknown("properties.compute")
    if on_kubernetes and resource.text("properties.authMode") == "AADToken":
        yield Violation(
            "properties.authMode", "'AADToken' is for managed endpoints; use 'Key' or 'AMLToken' here"
        )


def _case(mode: str) -> Case:
    return Case(
        (declare(tokens.ML_ONLINE_ENDPOINT, {"properties.compute": _COMPUTE, "properties.authMode": mode}),)
    )


RULE = Rule(
    id="AML030",
    service="Azure ML online endpoint",
    title="no Entra tokens on a Kubernetes endpoint",
    applies_to=(tokens.ML_ONLINE_ENDPOINT,),
    status=400,
    code="BadArgument",
    source="learn.microsoft.com machine-learning/concept-endpoints-online-auth",
    check=_check,
    trips=_case("AADToken"),
    passes=_case("AMLToken"),
)
