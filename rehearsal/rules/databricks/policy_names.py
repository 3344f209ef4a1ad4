"""Cluster policies of a workspace have names of their own."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_LONGEST = 100


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    name = resource.text("name")
    if len(name) > _LONGEST:
        yield Violation("name", f"has {len(name)} characters; keep {_LONGEST} or fewer")
    for other in world.grouped((tokens.CLUSTER_POLICY,), _place).get(_place(resource), ()):
        if name and other.order < resource.order:
            yield Violation("name", f"'{name}' is the name of {other.urn} too; choose another")


def _place(policy: Resource) -> tuple[str, str]:
    return policy.provider_urn, policy.text("name")


def _case(name: str) -> Case:
    return Case(
        (declare(tokens.CLUSTER_POLICY, name="first"), declare(tokens.CLUSTER_POLICY, {"name": name}))
    )


RULE = Rule(
    id="DBX300",
    service="Databricks cluster policy",
    title="names of their own, of 100 characters at most",
    applies_to=(tokens.CLUSTER_POLICY,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/cluster_policy.md (name: unique, 1 to 100 characters; read "
    "2026-11-30)",
    check=_check,
    trips=_case("data-scientist-dev"),
    passes=_case("data-engineer-dev"),
)
