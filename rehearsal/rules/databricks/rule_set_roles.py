"""A rule set takes away the roles that it leaves out."""

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
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation


def _runs_as(job: Resource) -> str:
    return job.text("runAs.servicePrincipalName").lower()


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    application = (application_of(resource.text("name")) or "").lower()
    if not application or resource.is_unknown("grantRules"):
        return
    jobs = world.grouped((tokens.JOB,), _runs_as).get(application, ())
    if jobs and not any(rule.get("role") == USER_ROLE for rule in resource.items("grantRules")):
        yield Violation(
            "grantRules",
            f"takes {USER_ROLE} from everybody, and {jobs[0].urn} runs as the principal: give the role to who deploys",
        )


def _case(role: str) -> Case:
    rules = [{"role": role, "principals": [group_in_rules("deployers")]}]
    return Case(
        (
            declare(tokens.DATABRICKS_PROVIDER, name="dbx"),
            Declared(
                tokens.RULE_SET,
                {"name": rule_set_name(SOMEBODY, SOMEBODY), "grantRules": rules},
                provider="dbx",
            ),
            declare(
                tokens.JOB,
                {"runAs": {"servicePrincipalName": SOMEBODY}},
                name="job",
                provider="dbx",
                depends_on=("subject",),
            ),
        )
    )


RULE = Rule(
    id="DBX241",
    service="Databricks service principal",
    title="the rule set of a principal that jobs run as names its users",
    applies_to=(tokens.RULE_SET,),
    status=403,
    code="PERMISSION_DENIED",
    source=str(RULE_SET_PAGE),
    check=_check,
    trips=_case(MANAGER_ROLE),
    passes=_case(USER_ROLE),
)
