"""A pool is made of a version that its cluster could still have."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.kubernetes_versions import SOURCE, unsupported
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_VERSION = "orchestratorVersion"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Past long-term support too: which plan a cluster has does not always show beside its pool."""
    stated = [(_VERSION, resource.value(_VERSION))] if resource.type == tokens.AGENT_POOL else []
    stated += [
        (f"agentPoolProfiles[{index}].{_VERSION}", pool.get(_VERSION))
        for index, pool in enumerate(resource.items("agentPoolProfiles"))
    ]
    for path, version in stated:
        if isinstance(version, str) and (problem := unsupported(version, world.today, long_term=True)):
            yield Violation(path, f"{problem}, or leave it out: a new pool then gets the cluster's version")


def _case(version: str) -> Case:
    return Case((declare(tokens.AGENT_POOL, {_VERSION: version}),))


RULE = Rule(
    id="KS304",
    service="AKS",
    title="a pool of a Kubernetes version that is supported",
    applies_to=(tokens.AKS, tokens.AGENT_POOL),
    status=0,
    code="",
    source=str(SOURCE),
    check=_check,
    trips=_case("1.19.11"),
    passes=_case("1.35"),
    severity=Severity.WARNING,
)
