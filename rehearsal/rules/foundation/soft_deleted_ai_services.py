"""Deleted AI services accounts hold their name for 48 hours."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.subscription import SoftDeleted, Subscription
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ACCOUNT = "azure-native:cognitiveservices:Account"
_TYPE = "Microsoft.CognitiveServices/accounts"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    name, group = resource.text("accountName").lower(), resource.text("resourceGroupName").lower()
    restored = resource.value("properties.restore") is True
    for held in world.subscription.soft_deleted:
        here = held.resource_group.lower() in ("", group)
        if held.arm_type == _TYPE and held.name.lower() == name and here and not restored:
            yield Violation(
                "accountName",
                f"a soft-deleted account holds '{name}'; purge it (az cognitiveservices account purge), set "
                "properties.restore, or choose another name",
            )


def _case(deleted: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "accountName": "ais-ml-dev",
        "kind": "CognitiveServices",
        "sku": {"name": "S0"},
        "identity": {"type": "SystemAssigned"},
        "properties": {"customSubDomainName": "ais-ml-dev-7k2ap"},
    }
    held = SoftDeleted(_TYPE, deleted, GROUP_NAME)
    return Case(
        (Declared(_ACCOUNT, inputs),), Subscription(resource_groups=(GROUP_NAME,), soft_deleted=(held,))
    )


RULE = Rule(
    id="AIS001",
    service="AI services",
    title="the name is not held by a soft-deleted account",
    applies_to=(_ACCOUNT,),
    status=409,
    code="FlagMustBeSetForRestore",
    source="learn.microsoft.com azure/ai-services/manage-resources; Azure/azure-cli issue 18146 (the error)",
    check=_check,
    trips=_case("ais-ml-dev"),
    passes=_case("ais-other-dev"),
)
