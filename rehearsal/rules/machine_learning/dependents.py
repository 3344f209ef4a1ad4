"""A workspace is born with its storage account and its vault."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_NEEDED = ("storageAccount", "keyVault")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("kind").lower() in ("project", "hub", "featurestore"):
        return
    for path in _NEEDED:
        if resource.value(path) is None and not resource.is_unknown(path):
            yield Violation(
                path,
                "missing: a workspace cannot be created without it, nor be given it later; give its ARM id",
            )


RULE = Rule(
    id="AML021",
    service="Azure ML workspace",
    title="storage account and vault are given at creation",
    applies_to=(tokens.ML_WORKSPACE,),
    status=400,
    code="ValidationError",
    source="Azure REST spec machinelearningservices 2025-12-01, WorkspaceProperties.storageAccount and keyVault",
    check=_check,
    trips=Case((declare(tokens.ML_WORKSPACE, {"keyVault": REMOVE}),)),
    passes=Case((declare(tokens.ML_WORKSPACE),)),
)
