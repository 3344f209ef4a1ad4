"""A deleted Log Analytics workspace comes back under its old name."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.subscription import SoftDeleted, Subscription
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_TYPE = "Microsoft.OperationalInsights/workspaces"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    wanted = (resource.text("workspaceName").lower(), resource.text("resourceGroupName").lower())
    for held in world.subscription.soft_deleted:
        if held.arm_type == _TYPE and (held.name.lower(), held.resource_group.lower()) == wanted:
            yield Violation(
                "workspaceName",
                f"'{held.name}' is soft-deleted: creating it recovers the old one with its data, or fails; purge it "
                "(az monitor log-analytics workspace delete --force), or choose another name",
            )


def _case(group: str) -> Case:
    held = SoftDeleted(_TYPE, "log-ml-dev", group)
    return Case(
        (declare(tokens.LOG_ANALYTICS),), Subscription(resource_groups=(GROUP_NAME,), soft_deleted=(held,))
    )


RULE = Rule(
    id="MON003",
    service="Log Analytics",
    title="the name is not held by a soft-deleted workspace",
    applies_to=(tokens.LOG_ANALYTICS,),
    status=0,
    code="",
    source="learn.microsoft.com azure/azure-monitor/logs/delete-workspace; "
    "hashicorp/terraform-provider-azurerm issue 26644",
    check=_check,
    trips=_case(GROUP_NAME),
    passes=_case("rg-other"),
    severity=Severity.WARNING,
)
