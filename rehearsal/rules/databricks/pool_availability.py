"""A pool's nodes are spot or on demand; falling back is for clusters."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_ALLOWED = ("SPOT_AZURE", "ON_DEMAND_AZURE")
_PATH = "azureAttributes.availability"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    availability = resource.text(_PATH)
    if availability and availability not in _ALLOWED:
        yield Violation(_PATH, f"'{availability}' is not for pools; use {' or '.join(_ALLOWED)}")
    images = resource.value("preloadedSparkVersions")
    if isinstance(images, list) and len(images) > 1:
        yield Violation("preloadedSparkVersions", f"{len(images)} runtimes; a pool preloads one")


RULE = Rule(
    id="DBX002",
    service="Databricks pool",
    title="availability and preloaded runtime that pools support",
    applies_to=(tokens.INSTANCE_POOL,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/instance_pool.md",
    check=_check,
    trips=Case((declare(tokens.INSTANCE_POOL, {_PATH: "SPOT_WITH_FALLBACK_AZURE"}),)),
    passes=Case((declare(tokens.INSTANCE_POOL, {_PATH: "SPOT_AZURE"}),)),
)
