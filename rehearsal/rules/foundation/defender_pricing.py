"""Every Defender plan of a subscription exists before anybody declares one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from azure_facts.defender_plans import PROVIDER_SOURCE, REST_SOURCE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP, SUBSCRIPTION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_PRICING = "azure-native:security:Pricing"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    # One of a single resource is made and deleted like any other.
    if re.fullmatch(r"/?subscriptions/[^/]+/?", resource.text("scopeId")):
        yield Violation(
            "scopeId",
            f"cannot create already existing resource: every subscription has the plan {resource.text('pricingName')}, "
            "and no DELETE takes it away; set it by a template deployment at the subscription's scope, or adopt it "
            "with import_ and retain_on_delete",
        )


def _case(scope: str) -> Case:
    inputs = {"scopeId": scope, "pricingName": "KeyVaults", "pricingTier": "Standard"}
    return Case((Declared(_PRICING, inputs),))


RULE = Rule(
    id="SEC300",
    service="Microsoft Defender for Cloud",
    title="plans of a subscription are changed, never created",
    applies_to=(_PRICING,),
    status=409,
    code="Conflict",
    source=f"{REST_SOURCE.page}; {PROVIDER_SOURCE.page}",
    check=_check,
    trips=_case(SUBSCRIPTION.lstrip("/")),
    passes=_case(f"{GROUP.lstrip('/')}/providers/Microsoft.Storage/storageAccounts/stmldev7k2ap"),
)
