"""A rule set keeps somebody who may change it."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_service_principals import (
    MANAGER_ROLE,
    RULE_SET_PAGE,
    USER_ROLE,
    application_of,
    group_in_rules,
    rule_set_name,
)
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.rule import Case, Declared, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if application_of(resource.text("name")) is None or resource.is_unknown("grantRules"):
        return
    if not any(rule.get("role") == MANAGER_ROLE for rule in resource.items("grantRules")):
        yield Violation(
            "grantRules",
            f"takes {MANAGER_ROLE} from everybody, who deploys included: only an account admin changes it then, or "
            "sets the principal's git credentials; give the role to who deploys",
        )


def _case(*roles: str) -> Case:
    rules = [{"role": role, "principals": [group_in_rules("deployers")]} for role in roles]
    return Case(
        (Declared(tokens.RULE_SET, {"name": rule_set_name(SOMEBODY, SOMEBODY), "grantRules": rules}),)
    )


RULE = Rule(
    id="DBX242",
    service="Databricks service principal",
    title="the rule set of a principal names its managers",
    applies_to=(tokens.RULE_SET,),
    status=403,
    code="PERMISSION_DENIED",
    source=str(RULE_SET_PAGE),
    check=_check,
    trips=_case(USER_ROLE),
    passes=_case(USER_ROLE, MANAGER_ROLE),
    severity=Severity.WARNING,
)
