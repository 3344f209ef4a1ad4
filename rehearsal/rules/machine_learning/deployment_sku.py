"""A deployment states how many instances it starts with."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    scale = resource.text("properties.scaleSettings.scaleType")
    capacity = resource.value("sku.capacity")
    if scale != "TargetUtilization" and not (isinstance(capacity, int) and capacity >= 1):
        yield Violation("sku", "set sku={'name': 'Default', 'capacity': n} with n at least 1")


RULE = Rule(
    id="AML018",
    service="Azure ML online deployment",
    title="a deployment has a capacity",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="BadArgument",
    source="Azure/azureml-examples arm-templates/online-endpoint-deployment.json",
    check=_check,
    trips=Case((declare(tokens.ML_ONLINE_DEPLOYMENT, {"sku": REMOVE}),)),
    passes=Case((declare(tokens.ML_ONLINE_DEPLOYMENT),)),
)
