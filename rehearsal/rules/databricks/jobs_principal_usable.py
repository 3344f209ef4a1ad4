"""The identity that creates a job may use the principal that it runs as."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_service_principals import (
    MANAGER_ROLE,
    ROLES_PAGE,
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
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation


def _application(resource: Resource) -> str:
    return resource.text("applicationId").lower()


def _principal(rule_set: Resource) -> str:
    return (application_of(rule_set.text("name")) or "").lower()


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Only of a principal that this stack lets into the workspace: the roles of another are another's affair."""
    application = resource.text("runAs.servicePrincipalName").lower()
    if not application or not world.grouped((tokens.DATABRICKS_PRINCIPAL,), _application).get(application):
        return
    giving = [
        rule_set
        for rule_set in world.grouped((tokens.RULE_SET,), _principal).get(application, ())
        if any(rule.get("role") == USER_ROLE for rule in rule_set.items("grantRules"))
    ]
    if not giving:
        yield Violation(
            "runAs.servicePrincipalName",
            f"nothing here gives anybody {USER_ROLE} on it, which who makes or changes the job needs, as a manager of "
            f"the principal or an admin too: declare its rule set, with that role and {MANAGER_ROLE}",
        )
    elif not any(world.depends_on(resource, rule_set) for rule_set in giving):
        yield Violation(
            "runAs.servicePrincipalName",
            f"does not wait for {giving[0].urn}, which gives the right to run as it; add it to depends_on",
        )


_NAME = rule_set_name(SOMEBODY, SOMEBODY)


def _case(*, given: bool) -> Case:
    rules = [
        {"role": role, "principals": [group_in_rules("deployers")]} for role in (USER_ROLE, MANAGER_ROLE)
    ]
    rights = Declared(tokens.RULE_SET, {"name": _NAME, "grantRules": rules}, "rights")
    return Case(
        (
            declare(tokens.DATABRICKS_PROVIDER, name="dbx"),
            Declared(tokens.DATABRICKS_PRINCIPAL, {"applicationId": SOMEBODY}, "principal", provider="dbx"),
            *((rights,) if given else ()),
            declare(
                tokens.JOB,
                {"runAs": {"servicePrincipalName": SOMEBODY}},
                provider="dbx",
                depends_on=("principal", *(("rights",) if given else ())),
            ),
        )
    )


RULE = Rule(
    id="DBX240",
    service="Databricks job",
    title="jobs wait for the right to run as their principal",
    applies_to=(tokens.JOB,),
    status=403,
    code="PERMISSION_DENIED",
    source=str(ROLES_PAGE),
    check=_check,
    trips=_case(given=False),
    passes=_case(given=True),
    severity=Severity.WARNING,
)
