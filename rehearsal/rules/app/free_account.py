"""A subscription has one free AI services account of each kind."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ACCOUNT = "azure-native:cognitiveservices:Account"
_FREE = "F0"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    kind = resource.text("kind")
    if resource.text("sku.name") != _FREE:
        return
    for other in world.of_types((_ACCOUNT,)):
        if (
            other.order < resource.order
            and other.text("kind") == kind
            and other.text("sku.name") == _FREE
            and other.provider_urn == resource.provider_urn
        ):
            yield Violation("sku.name", f"is {_FREE}, as that of {other.urn}; give one of the two a paid SKU")


def _case(second: str) -> Case:
    def account(name: str, kind: str) -> Declared:
        inputs = {
            "resourceGroupName": GROUP_NAME,
            "location": LOCATION,
            "accountName": name,
            "kind": kind,
            "sku": {"name": _FREE},
            "properties": {"customSubDomainName": name},
        }
        return Declared(_ACCOUNT, inputs, name=name)

    return Case((account("ais-language-dev-7k2ap", "TextAnalytics"), account("ais-second-dev-7k2ap", second)))


RULE = Rule(
    id="COG345",
    service="AI services",
    title="one free account of each kind",
    applies_to=(_ACCOUNT,),
    status=400,
    code="CanNotCreateMultipleFreeAccounts",
    source="learn.microsoft.com ai-services (pricing tier F0: one free account of a kind in a subscription)",
    check=_check,
    trips=_case("TextAnalytics"),
    passes=_case("TextTranslation"),
)
