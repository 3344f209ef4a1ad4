"""A registry whose public endpoint is open cannot forbid that its images are copied out."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_STATUS = "policies.exportPolicy.status"
_PUBLIC = "publicNetworkAccess"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text(_STATUS).lower() != "disabled" or resource.is_unknown(_PUBLIC):
        return
    if resource.text(_PUBLIC) != "Disabled":
        yield Violation(
            _STATUS, f"is disabled while the public endpoint is open; set {_PUBLIC} to 'Disabled' too"
        )


_CLOSED = {"sku.name": "Premium", _PUBLIC: "Disabled", "policies": {"exportPolicy": {"status": "disabled"}}}

RULE = Rule(
    id="ACR010",
    service="Container Registry",
    title="export is disabled together with public access",
    applies_to=(tokens.REGISTRY,),
    status=400,
    code="BadRequest",
    source="learn.microsoft.com azure/container-registry/data-loss-prevention (other requirements to disable exports), "
    "read 2026-11-30",
    check=_check,
    trips=Case((declare(tokens.REGISTRY, {**_CLOSED, _PUBLIC: "Enabled"}),)),
    passes=Case((declare(tokens.REGISTRY, _CLOSED),)),
)
