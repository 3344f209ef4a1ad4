"""A Standard public address is static."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    sku, method = resource.text("sku.name"), resource.text("publicIPAllocationMethod")
    if sku == "Standard" and method != "Static":
        yield Violation(
            "publicIPAllocationMethod", f"'{method or 'Dynamic'}' with a Standard address; set 'Static'"
        )
    if sku in ("", "Basic"):
        yield Violation("sku.name", "Basic public addresses were retired on 2025-09-30; set 'Standard'")


RULE = Rule(
    id="NET003",
    service="Public IP",
    title="Standard and static",
    applies_to=(tokens.PUBLIC_IP,),
    status=400,
    code="PublicIPAddressInvalidAllocationMethod",
    source="learn.microsoft.com azure/virtual-network/ip-services/public-ip-addresses",
    check=_check,
    trips=Case((declare(tokens.PUBLIC_IP, {"publicIPAllocationMethod": "Dynamic"}),)),
    passes=Case((declare(tokens.PUBLIC_IP),)),
)
