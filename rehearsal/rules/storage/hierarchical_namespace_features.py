"""What an account with a hierarchical namespace has not got: change feed, version-level immutability, index tags."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_CONTAINER = "azure-native:storage:BlobContainer"
_POLICY = "azure-native:storage:ManagementPolicy"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    accounts = {account.text("accountName"): account for account in world.of_types((tokens.STORAGE_ACCOUNT,))}
    account = accounts.get(resource.text("accountName"))
    if account is None or account.value("isHnsEnabled") is not True:
        return
    why = f"{account.urn} has a hierarchical namespace, which has"
    if resource.value("changeFeed.enabled") is True:
        yield Violation("changeFeed.enabled", f"{why} no change feed; leave it out")
    if resource.value("immutableStorageWithVersioning.enabled") is True:
        yield Violation(
            "immutableStorageWithVersioning.enabled",
            f"{why} no versions; give the container an immutability policy of its own",
        )
    for index, rule in enumerate(resource.items("policy.rules")):
        definition = rule.get("definition")
        filters = definition.get("filters") if isinstance(definition, Mapping) else None
        if isinstance(filters, Mapping) and filters.get("blobIndexMatch"):
            path = f"policy.rules[{index}].definition.filters.blobIndexMatch"
            yield Violation(path, f"{why} no blob index; filter by prefixMatch")


def _case(*, lake: bool) -> Case:
    container = {
        "resourceGroupName": GROUP_NAME,
        "accountName": "dlsmldev7k2ap",
        "containerName": "raw",
        "immutableStorageWithVersioning": {"enabled": True},
    }
    account = {"accountName": "dlsmldev7k2ap", "isHnsEnabled": lake}
    return Case(
        (
            declare(tokens.STORAGE_ACCOUNT, account, name="account"),
            Declared(_CONTAINER, container, depends_on=("account",)),
        )
    )


RULE = Rule(
    id="ST310",
    service="Storage",
    title="no change feed, version-level immutability or index tags with a hierarchical namespace",
    applies_to=(tokens.BLOB_SERVICE, _CONTAINER, _POLICY),
    status=409,
    code="FeatureNotSupportedForAccount",
    source="learn.microsoft.com azure/storage/blobs/storage-feature-support-in-storage-accounts",
    check=_check,
    trips=_case(lake=True),
    passes=_case(lake=False),
)
