"""Purge protection is a one-way switch."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.enablePurgeProtection"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value(_PATH) is False:
        yield Violation(_PATH, "cannot be set to false; set it to true or leave it out")


RULE = Rule(
    id="KV001",
    service="Key Vault",
    title="enablePurgeProtection is true or absent",
    applies_to=(tokens.VAULT,),
    status=400,
    code="BadRequest",
    source="Azure REST spec keyvault 2024-11-01, VaultProperties.enablePurgeProtection",
    check=_check,
    trips=Case((declare(tokens.VAULT, {_PATH: False}),)),
    passes=Case((declare(tokens.VAULT, {_PATH: REMOVE}),)),
)
