"""Authorised addresses are a public API server's."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PROFILE = "apiServerAccessProfile"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value(f"{_PROFILE}.enablePrivateCluster") and resource.value(
        f"{_PROFILE}.authorizedIPRanges"
    ):
        yield Violation(
            f"{_PROFILE}.authorizedIPRanges",
            "belong to a public API server; leave them out of a private cluster",
        )


def _case(*, private: bool) -> Case:
    changes = {_PROFILE: {"enablePrivateCluster": private, "authorizedIPRanges": ["203.0.113.0/24"]}}
    return Case((declare(tokens.AKS, changes),))


RULE = Rule(
    id="AKS150",
    service="AKS",
    title="no authorised addresses on a private cluster",
    applies_to=(tokens.AKS,),
    status=400,
    code="InvalidParameter",
    source="learn.microsoft.com azure/aks/api-server-authorized-ip-ranges, limitations",
    check=_check,
    trips=_case(private=True),
    passes=_case(private=False),
)
