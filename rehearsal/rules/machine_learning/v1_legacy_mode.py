"""A workspace in legacy mode keeps the current API out."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("v1LegacyMode") is True:
        yield Violation(
            "v1LegacyMode", "blocks the features of the v2 API (endpoints, jobs, components); leave it off"
        )


RULE = Rule(
    id="AML020",
    service="Azure ML workspace",
    title="no v1 legacy mode",
    applies_to=(tokens.ML_WORKSPACE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-configure-network-isolation-with-v2",
    check=_check,
    trips=Case((declare(tokens.ML_WORKSPACE, {"v1LegacyMode": True}),)),
    passes=Case((declare(tokens.ML_WORKSPACE, {"v1LegacyMode": False}),)),
    severity=Severity.WARNING,
)
