"""The workspace's identity approves the private endpoints that its outbound rules ask for."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import OPEN_OUTBOUND
from azure_facts.roles import Role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.outbound import (
    IDENTITY_ID,
    grant,
    holds,
    primary_principal,
    private_rule,
    private_targets,
    workspace,
)
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_APPROVING = (
    Role.AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER,
    Role.CONTRIBUTOR,
    Role.OWNER,
)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    principal = primary_principal(resource, world)
    if not principal:
        return
    for target_id in sorted({target for target, _ in private_targets(resource, world)}):
        target = world.find(target_id)
        if target is None or target.external:
            continue
        if not any(holds(world, principal, role, target_id) for role in _APPROVING):
            yield Violation(
                "managedNetwork.outboundRules",
                f"ask for a private endpoint on {target.urn}, which the workspace's identity may not approve; grant it "
                "Azure AI Enterprise Network Connection Approver there",
            )


def _case(role: Role) -> Case:
    identity = {
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY_ID]},
        "primaryUserAssignedIdentity": IDENTITY_ID,
    }
    return Case(
        (
            declare(tokens.IDENTITY, name="identity"),
            declare(
                tokens.STORAGE_ACCOUNT, {"accountName": "dlsmldev7k2ap", "isHnsEnabled": True}, name="lake"
            ),
            grant(Ref("lake"), principal_id(IDENTITY_ID), role, depends_on=("identity",)),
            workspace(
                OPEN_OUTBOUND,
                {"lake": private_rule(Ref("lake"), "dfs")},
                identity,
                depends_on=("identity", "grant"),
            ),
        )
    )


RULE = Rule(
    id="AML224",
    service="Azure ML managed network",
    title="the workspace's identity may approve what outbound rules ask for",
    applies_to=(tokens.ML_WORKSPACE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-managed-network, approval of private endpoints",
    check=_check,
    trips=_case(Role.STORAGE_BLOB_DATA_READER),
    passes=_case(Role.AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER),
    severity=Severity.WARNING,
)
