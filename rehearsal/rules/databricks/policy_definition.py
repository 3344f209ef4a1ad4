"""A policy's definition is JSON that maps settings to limits."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.cluster_policies.elements import DEFINITION_PAGE, read_definition
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for name in ("definition", "policyFamilyDefinitionOverrides"):
        text = resource.text(name)
        if text:
            yield from (Violation(name, problem) for problem in read_definition(text).problems)


RULE = Rule(
    id="DBX011",
    service="Databricks cluster policy",
    title="the definition is JSON with known kinds of limits",
    applies_to=(tokens.CLUSTER_POLICY,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source=DEFINITION_PAGE.page,
    check=_check,
    trips=Case((declare(tokens.CLUSTER_POLICY, {"definition": "{'autotermination_minutes': 60}"}),)),
    passes=Case((declare(tokens.CLUSTER_POLICY),)),
)
