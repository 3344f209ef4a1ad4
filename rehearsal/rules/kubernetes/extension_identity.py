"""An extension has an identity of its own."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("identity.type") != "SystemAssigned":
        yield Violation(
            "identity", "an extension needs its own identity; set identity={'type': 'SystemAssigned'}"
        )


RULE = Rule(
    id="EXT002",
    service="Kubernetes extension",
    title="the extension has a system-assigned identity",
    applies_to=(tokens.EXTENSION,),
    status=400,
    code="RefreshExtensionIdentityNotSet",
    source="learn.microsoft.com machine-learning/how-to-troubleshoot-kubernetes-extension",
    check=_check,
    trips=Case((declare(tokens.EXTENSION, {"identity": REMOVE}),)),
    passes=Case((declare(tokens.EXTENSION),)),
)
