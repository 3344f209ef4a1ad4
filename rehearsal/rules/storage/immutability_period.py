"""How long an immutability policy holds."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_POLICY = "azure-native:storage:BlobContainerImmutabilityPolicy"
_DAYS = "immutabilityPeriodSinceCreationInDays"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    days = resource.value(_DAYS)
    if isinstance(days, int | float) and not 1 <= days <= 146000:
        yield Violation(_DAYS, f"{days} must lie between 1 and 146000 days")
    if resource.value("allowProtectedAppendWrites") is True and (
        resource.value("allowProtectedAppendWritesAll") is True
    ):
        yield Violation(
            "allowProtectedAppendWritesAll", "excludes allowProtectedAppendWrites; set one of them"
        )


def _case(days: int) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "accountName": "dlsmldev7k2ap",
        "containerName": "raw",
        "immutabilityPolicyName": "default",
        _DAYS: days,
    }
    return Case((Declared(_POLICY, inputs),))


RULE = Rule(
    id="ST311",
    service="Storage",
    title="an immutability policy holds between a day and 400 years",
    applies_to=(_POLICY,),
    status=400,
    code="InvalidParameterValue",
    source="learn.microsoft.com azure/storage/blobs/immutable-time-based-retention-policy-overview",
    check=_check,
    trips=_case(146001),
    passes=_case(90),
)
