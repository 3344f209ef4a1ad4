"""The managed network reaches a registry through a private endpoint."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_MODE = "managedNetwork.isolationMode"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.text(_MODE) != "AllowOnlyApprovedOutbound":
        return
    registry = world.find(resource.text("containerRegistry"))
    if registry and not registry.external and registry.text("sku.name") != "Premium":
        yield Violation(
            "containerRegistry",
            f"{registry.urn} is {registry.text('sku.name')}; the private endpoint to it needs Premium",
        )


def _case(sku: str) -> Case:
    changes = {_MODE: "AllowOnlyApprovedOutbound", "containerRegistry": Ref("registry")}
    registry = declare(tokens.REGISTRY, {"sku.name": sku}, name="registry")
    return Case((registry, declare(tokens.ML_WORKSPACE, changes)))


RULE = Rule(
    id="AML158",
    service="Azure ML workspace",
    title="approved outbound only needs a Premium registry",
    applies_to=(tokens.ML_WORKSPACE,),
    status=400,
    code="ValidationError",
    source="learn.microsoft.com machine-learning/how-to-managed-network, required outbound rules",
    check=_check,
    trips=_case("Basic"),
    passes=_case("Premium"),
)
