"""A new cluster, or pool, is made of a version that AKS still supports."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.kubernetes_versions import LONG_TERM_SUPPORT, SOURCE, unsupported
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "kubernetesVersion"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    long_term = resource.text("supportPlan") == LONG_TERM_SUPPORT
    if (problem := unsupported(resource.text(_PATH), world.today, long_term=long_term)) is not None:
        yield Violation(_PATH, f"{problem}, or leave it out: a new cluster then gets AKS's default")


def _case(version: str) -> Case:
    return Case((declare(tokens.AKS, {_PATH: version}),))


RULE = Rule(
    id="AKS210",
    service="AKS",
    title="a Kubernetes version that is supported",
    applies_to=(tokens.AKS,),
    status=400,
    code="K8sVersionNotSupported",
    source=str(SOURCE),
    check=_check,
    trips=_case("1.19"),
    passes=_case("1.36"),
)
