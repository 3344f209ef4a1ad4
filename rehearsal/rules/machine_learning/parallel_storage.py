"""Batch endpoints and parallel jobs keep what they have done in a queue and a table of the default storage account, to
which a managed network has no rule of its own."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import APPROVED_OUTBOUND, PARALLEL_SUB_RESOURCES
from azure_facts.roles import Role, built_in_role
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.outbound import (
    automatic,
    grant,
    private_rule,
    private_targets,
    workspace,
)
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_ROLES = tuple(
    built_in_role(role).guid
    for role in (Role.STORAGE_QUEUE_DATA_CONTRIBUTOR, Role.STORAGE_TABLE_DATA_CONTRIBUTOR)
)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """Of a workspace that has batch endpoints, or on whose storage somebody may use queues and tables."""
    account_id = resource.text("storageAccount").lower()
    account = world.find(account_id)
    if not account_id or not automatic(
        resource, closed=account is not None and account.text("publicNetworkAccess") == "Disabled"
    ):
        return
    batches = any(
        endpoint.id.lower().startswith(f"{resource.id}/".lower())
        for endpoint in world.of_types((tokens.ML_BATCH_ENDPOINT,))
    )
    if not batches and not _may_use(account_id, world):
        return
    reached = set(private_targets(resource, world))
    for part in PARALLEL_SUB_RESOURCES:
        if (account_id, part) not in reached:
            yield Violation(
                "managedNetwork.outboundRules",
                f"reach no {part} of {account.urn if account else 'the default storage account'}, so batch endpoints "
                f"and parallel jobs hang; add a private endpoint rule with subresource_target {part}",
            )


def _may_use(account_id: str, world: World) -> bool:
    return any(
        item.text("scope").lower() == account_id
        and item.text("roleDefinitionId").lower().endswith(_ROLES)
        and item.text("principalType") == "ServicePrincipal"
        for item in world.of_types((tokens.ROLE_ASSIGNMENT,))
    )


def _case(*parts: str) -> Case:
    rules = {part: private_rule(Ref("account"), part) for part in parts}
    return Case(
        (
            declare(tokens.STORAGE_ACCOUNT, name="account"),
            grant(Ref("account"), SOMEBODY, Role.STORAGE_QUEUE_DATA_CONTRIBUTOR),
            workspace(APPROVED_OUTBOUND, rules, {"storageAccount": Ref("account")}),
        )
    )


RULE = Rule(
    id="AML221",
    service="Azure ML managed network",
    title="batch endpoints and parallel jobs reach queue and table",
    applies_to=(tokens.ML_WORKSPACE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-managed-network, use batch endpoints or ParallelRunStep",
    check=_check,
    trips=_case("queue"),
    passes=_case("queue", "table"),
    severity=Severity.WARNING,
)
