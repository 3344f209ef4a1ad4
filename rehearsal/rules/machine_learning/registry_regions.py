"""A registry lives in its primary region too, with a Premium container registry."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.regions import region_name
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    location = region_name(resource.text("location"))
    regions = resource.items("regionDetails")
    named = [region_name(str(region.get("location", ""))) for region in regions]
    if location and location not in named:
        yield Violation("regionDetails", f"must list the primary region '{location}' too")
    for index in range(len(regions)):
        for place, account in enumerate(resource.items(f"regionDetails[{index}].acrDetails")):
            created = account.get("systemCreatedAcrAccount")
            sku = created.get("acrAccountSku") if isinstance(created, dict) else "Premium"
            if sku != "Premium":
                yield Violation(
                    f"regionDetails[{index}].acrDetails[{place}].systemCreatedAcrAccount.acrAccountSku",
                    f"'{sku}' is not supported; use 'Premium'",
                )
    if resource.text("identity.type") != "SystemAssigned":
        yield Violation("identity", "a registry needs identity={'type': 'SystemAssigned'}")


RULE = Rule(
    id="AML013",
    service="Azure ML registry",
    title="a registry lists its primary region and uses Premium container registries",
    applies_to=(tokens.ML_REGISTRY,),
    status=400,
    code="UserError",
    source="learn.microsoft.com machine-learning/how-to-manage-registries",
    check=_check,
    trips=Case((declare(tokens.ML_REGISTRY, {"regionDetails[0].location": "northeurope"}),)),
    passes=Case((declare(tokens.ML_REGISTRY),)),
)
