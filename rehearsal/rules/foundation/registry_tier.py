"""What only a Premium container registry has."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("sku.name") == "Premium":
        return
    for path, what, asked in (
        ("policies.retentionPolicy.status", "retention of untagged manifests", "enabled"),
        ("policies.quarantinePolicy.status", "quarantine", "enabled"),
        ("zoneRedundancy", "zone redundancy", "Enabled"),
        ("publicNetworkAccess", "closing the public side", "Disabled"),
        ("dataEndpointEnabled", "dedicated data endpoints", True),
    ):
        if resource.value(path) == asked:
            yield Violation(path, f"{what} needs sku 'Premium', not '{resource.text('sku.name')}'")
    if resource.value("networkRuleSet") is not None:
        yield Violation("networkRuleSet", f"IP rules need sku 'Premium', not '{resource.text('sku.name')}'")


RULE = Rule(
    id="ACR001",
    service="Container Registry",
    title="Premium features only in Premium",
    applies_to=(tokens.REGISTRY,),
    status=400,
    code="InvalidSkuForFeature",
    source="learn.microsoft.com azure/container-registry/container-registry-skus",
    check=_check,
    trips=Case(
        (declare(tokens.REGISTRY, {"policies": {"retentionPolicy": {"status": "enabled", "days": 30}}}),)
    ),
    passes=Case(
        (
            declare(
                tokens.REGISTRY,
                {"sku.name": "Premium", "policies": {"retentionPolicy": {"status": "enabled", "days": 30}}},
            ),
        )
    ),
)
