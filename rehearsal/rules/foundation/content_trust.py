"""Signing by Docker content trust ends; the registry refuses to switch it on for those who never had it."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_STATUS = "policies.trustPolicy.status"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text(_STATUS).lower() == "enabled":
        yield Violation(
            _STATUS,
            "Docker content trust is removed on 2028-03-31; leave it out, and sign with Notary Project tools",
        )


def _case(status: str) -> Case:
    return Case(
        (
            declare(
                tokens.REGISTRY, {"sku": {"name": "Premium"}, "policies": {"trustPolicy": {"status": status}}}
            ),
        )
    )


RULE = Rule(
    id="ACR002",
    service="Container registry",
    title="no Docker content trust",
    applies_to=(tokens.REGISTRY,),
    status=0,
    code="",
    source="learn.microsoft.com cli/azure/acr/config/content-trust (removed on 31 March 2028)",
    check=_check,
    trips=_case("enabled"),
    passes=_case("disabled"),
    severity=Severity.WARNING,
)
