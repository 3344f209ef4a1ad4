"""A cluster that carries extensions has a managed identity."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("identity.type") in ("", "None"):
        yield Violation(
            "identity", "set a managed identity; extensions do not work on clusters with a service principal"
        )


RULE = Rule(
    id="AKS007",
    service="AKS",
    title="the cluster has a managed identity",
    applies_to=(tokens.AKS,),
    status=400,
    code="InvalidServicePrincipal",
    source="learn.microsoft.com azure/aks/cluster-extensions; azure/aks/use-managed-identity",
    check=_check,
    trips=Case((declare(tokens.AKS, {"identity": REMOVE}),)),
    passes=Case((declare(tokens.AKS),)),
)
