"""A rule set is the whole list for its object."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_service_principals import (
    MANAGER_ROLE,
    RULE_SET_PAGE,
    group_in_rules,
    rule_set_name,
)
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY, TENANT
from rehearsal.rules.rule import Case, Declared, Rule, Violation


def _name(resource: Resource) -> str:
    return resource.text("name").lower()


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    for other in world.grouped((tokens.RULE_SET,), _name)[_name(resource)]:
        if _name(resource) and other.order < resource.order:
            yield Violation(
                "name", f"{other.urn} writes the same list, and each takes the other's rules away; merge them"
            )
            return


def _case(second: str) -> Case:
    rules = [{"role": MANAGER_ROLE, "principals": [group_in_rules("deployers")]}]
    return Case(
        (
            Declared(
                tokens.RULE_SET, {"name": rule_set_name(TENANT, SOMEBODY), "grantRules": rules}, "first"
            ),
            Declared(tokens.RULE_SET, {"name": rule_set_name(TENANT, second), "grantRules": rules}),
        )
    )


RULE = Rule(
    id="DBX243",
    service="Databricks service principal",
    title="one rule set for each object",
    applies_to=(tokens.RULE_SET,),
    status=0,
    code="",
    source=str(RULE_SET_PAGE),
    check=_check,
    trips=_case(SOMEBODY),
    passes=_case(TENANT),
    severity=Severity.WARNING,
)
