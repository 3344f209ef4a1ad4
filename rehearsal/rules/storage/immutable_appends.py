"""In a lake, new files are written by appending, which an immutability policy stops unless it says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import immutable_storage
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_POLICY = "azure-native:storage:BlobContainerImmutabilityPolicy"
_APPENDS = "allowProtectedAppendWritesAll"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    accounts = {account.text("accountName"): account for account in world.of_types((tokens.STORAGE_ACCOUNT,))}
    account = accounts.get(resource.text("accountName"))
    if account and account.value("isHnsEnabled") is True and resource.value(_APPENDS) is not True:
        yield Violation(
            _APPENDS,
            f"{account.urn} has a hierarchical namespace: Data Factory and Spark write a file by appending to it, and "
            "every copy into this container fails; set it to true",
        )


def _case(*, appends: bool) -> Case:
    policy = {
        "resourceGroupName": GROUP_NAME,
        "accountName": "dlsmldev7k2ap",
        "containerName": "raw",
        "immutabilityPolicyName": "default",
        "immutabilityPeriodSinceCreationInDays": 90,
        _APPENDS: appends,
    }
    account = {"accountName": "dlsmldev7k2ap", "isHnsEnabled": True}
    return Case(
        (
            declare(tokens.STORAGE_ACCOUNT, account, name="account"),
            Declared(_POLICY, policy, depends_on=("account",)),
        )
    )


RULE = Rule(
    id="ST312",
    service="Storage",
    title="an immutable container of a lake lets new files be appended to",
    applies_to=(_POLICY,),
    status=409,
    code="BlobImmutableDueToPolicy",
    source=str(immutable_storage.APPENDS),
    check=_check,
    trips=_case(appends=False),
    passes=_case(appends=True),
    severity=Severity.WARNING,
)
