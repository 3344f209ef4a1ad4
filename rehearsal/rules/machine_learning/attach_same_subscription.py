"""Azure ML attaches clusters of its own subscription."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    CLUSTER_ID,
    SUBSCRIPTION,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    target = resource.text("properties.resourceId")
    if resource.text("properties.computeType") != "Kubernetes" or not target:
        return
    theirs, ours = target.lower().split("/")[2:3], resource.id.lower().split("/")[2:3]
    if theirs != ours and "/microsoft.containerservice/" in target.lower():
        yield Violation(
            "properties.resourceId", "is in another subscription; attach it through Azure Arc, or move it"
        )


def _case(subscription: str) -> Case:
    attach = {
        "computeType": "Kubernetes",
        "resourceId": CLUSTER_ID.replace(SUBSCRIPTION, f"/subscriptions/{subscription}"),
        "properties": {"namespace": "default"},
    }
    return Case((declare(tokens.ML_COMPUTE, {"computeName": "aks", "properties": attach}),))


RULE = Rule(
    id="AML026",
    service="Azure ML compute",
    title="an attached AKS cluster is in the workspace's subscription",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="BadArgument",
    source="learn.microsoft.com machine-learning/how-to-deploy-kubernetes-extension (prerequisites)",
    check=_check,
    trips=_case("99999999-9999-9999-9999-999999999999"),
    passes=_case(SUBSCRIPTION.rpartition("/")[2]),
)
