"""The workspace's own storage account is a plain one; the lake is a second account."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    account = world.find(resource.text("storageAccount"))
    if account is None:
        return
    for wrong, what in (
        (account.value("isHnsEnabled") is True, "has a hierarchical namespace (ADLS Gen2)"),
        (account.text("kind") == "BlobStorage", "is of kind BlobStorage"),
        (account.text("sku.name").startswith("Premium"), "is Premium"),
    ):
        if wrong:
            yield Violation(
                "storageAccount",
                f"{account.urn} {what}; the default storage account must be a StorageV2 account, Standard, without "
                "hierarchical namespace (a lake can be attached as a datastore)",
            )


RULE = Rule(
    id="AML003",
    service="Azure ML workspace",
    title="the default storage account is neither HNS, BlobStorage nor Premium",
    applies_to=(tokens.ML_WORKSPACE,),
    status=400,
    code="ValidationError",
    source="learn.microsoft.com machine-learning/concept-workspace (associated resources)",
    check=_check,
    trips=Case(
        (
            declare(tokens.STORAGE_ACCOUNT, {"isHnsEnabled": True}, name="lake"),
            declare(tokens.ML_WORKSPACE, {"storageAccount": Ref("lake")}),
        )
    ),
    passes=Case(
        (
            declare(tokens.STORAGE_ACCOUNT, name="account"),
            declare(tokens.ML_WORKSPACE, {"storageAccount": Ref("account")}),
        )
    ),
)
