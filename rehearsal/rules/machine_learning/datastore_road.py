"""A datastore is reached through the managed network's private endpoints, where that reaches approved targets only."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import APPROVED_OUTBOUND
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.outbound import isolation, private_rule, private_targets, workspace
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_SUB_RESOURCES = {"AzureDataLakeGen2": "dfs", "AzureBlob": "blob", "AzureFile": "file"}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    owner = world.find(resource.id.partition("/datastores/")[0])
    account = resource.text("properties.accountName").lower()
    part = _SUB_RESOURCES.get(resource.text("properties.datastoreType"))
    if owner is None or part is None or not account or isolation(owner) != APPROVED_OUTBOUND:
        return
    end = f"/storageaccounts/{account}"
    # The default account's blobs and files have rules of their own.
    if owner.text("storageAccount").lower().endswith(end) and part != "dfs":
        return
    if not any(target.endswith(end) and name == part for target, name in private_targets(owner, world)):
        yield Violation(
            "properties.accountName",
            f"{owner.urn} has no way to {part} of {account}, so no job reads it; add a private endpoint rule with "
            f"subresource_target {part} to that account (a host name rule does not open storage)",
        )


def _case(part: str) -> Case:
    return Case(
        (
            declare(
                tokens.STORAGE_ACCOUNT, {"accountName": "dlsmldev7k2ap", "isHnsEnabled": True}, name="lake"
            ),
            workspace(APPROVED_OUTBOUND, {"lake": private_rule(Ref("lake"), part)}),
            declare(tokens.ML_DATASTORE, depends_on=("workspace",)),
        )
    )


RULE = Rule(
    id="AML223",
    service="Azure ML managed network",
    title="datastores lie where compute has a way to",
    applies_to=(tokens.ML_DATASTORE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-managed-network, limitations",
    check=_check,
    trips=_case("queue"),
    passes=_case("dfs"),
    severity=Severity.WARNING,
)
