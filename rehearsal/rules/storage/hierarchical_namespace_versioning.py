"""A lake has no blob versioning."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    account = world.find(resource.id.partition("/blobServices/")[0])
    if (
        account is not None
        and account.value("isHnsEnabled") is True
        and resource.value("isVersioningEnabled") is True
    ):
        yield Violation(
            "isVersioningEnabled",
            f"{account.urn} has a hierarchical namespace, which has no blob versioning; leave it out",
        )


def _case(*, lake: bool) -> Case:
    return Case(
        (
            declare(tokens.STORAGE_ACCOUNT, {"isHnsEnabled": lake}, name="account"),
            declare(tokens.BLOB_SERVICE, {"isVersioningEnabled": True}, depends_on=("account",)),
        )
    )


RULE = Rule(
    id="ST004",
    service="Storage",
    title="no blob versioning with a hierarchical namespace",
    applies_to=(tokens.BLOB_SERVICE,),
    status=409,
    code="FeatureNotSupportedForAccount",
    source="learn.microsoft.com azure/storage/blobs/storage-feature-support-in-storage-accounts",
    check=_check,
    trips=_case(lake=True),
    passes=_case(lake=False),
)
