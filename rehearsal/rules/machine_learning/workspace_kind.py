"""Compute clusters and batch endpoints live in workspaces of kind Default only."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    workspace = world.find(resource.id.partition("/computes/")[0].partition("/batchEndpoints/")[0])
    kind = workspace.text("kind").lower() if workspace is not None else ""
    if workspace is not None and kind in ("hub", "project"):
        yield Violation(
            "workspaceName",
            f"{workspace.urn} is a {kind}, which supports no compute clusters and no batch endpoints; use a workspace "
            "of kind Default (one kind cannot be turned into the other)",
        )


RULE = Rule(
    id="AML011",
    service="Azure ML workspace",
    title="clusters and batch endpoints need a workspace of kind Default",
    applies_to=(tokens.ML_COMPUTE, tokens.ML_BATCH_ENDPOINT),
    status=400,
    code="UserError",
    source="learn.microsoft.com machine-learning/concept-hub-workspace",
    check=_check,
    trips=Case(
        (
            declare(tokens.ML_WORKSPACE, {"kind": "Hub"}, name="workspace"),
            declare(tokens.ML_COMPUTE, depends_on=("workspace",)),
        )
    ),
    passes=Case(
        (
            declare(tokens.ML_WORKSPACE, name="workspace"),
            declare(tokens.ML_COMPUTE, depends_on=("workspace",)),
        )
    ),
)
