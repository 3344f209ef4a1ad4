"""Deleted vaults are kept between 7 and 90 days."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.softDeleteRetentionInDays"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    days = resource.value(_PATH)
    if isinstance(days, int) and not 7 <= days <= 90:
        yield Violation(_PATH, f"{days} must be from 7 to 90 (and cannot be changed later)")


RULE = Rule(
    id="KV002",
    service="Key Vault",
    title="retention of 7 to 90 days",
    applies_to=(tokens.VAULT,),
    status=400,
    code="BadRequest",
    source="Azure REST spec keyvault 2024-11-01, VaultProperties.softDeleteRetentionInDays",
    check=_check,
    trips=Case((declare(tokens.VAULT, {_PATH: 5}),)),
    passes=Case((declare(tokens.VAULT, {_PATH: 7}),)),
)
