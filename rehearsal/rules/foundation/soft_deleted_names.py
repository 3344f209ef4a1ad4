"""Deleted vaults hold their name for their retention, everywhere."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.subscription import SoftDeleted, Subscription
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_TYPE = "Microsoft.KeyVault/vaults"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    name = resource.text("vaultName").lower()
    if any(held.arm_type == _TYPE and held.name.lower() == name for held in world.subscription.soft_deleted):
        yield Violation(
            "vaultName",
            f"a soft-deleted vault holds '{name}'; recover it, purge it (az keyvault purge) where "
            "purge protection allows, "
            "or choose another name",
        )


RULE = Rule(
    id="KV004",
    service="Key Vault",
    title="the name is not held by a soft-deleted vault",
    applies_to=(tokens.VAULT,),
    status=409,
    code="ConflictError",
    source="learn.microsoft.com azure/key-vault/general/soft-delete-overview",
    check=_check,
    trips=Case(
        (declare(tokens.VAULT),),
        subscription=Subscription(
            resource_groups=(GROUP_NAME,), soft_deleted=(SoftDeleted(_TYPE, "kv-ml-dev-7k2ap"),)
        ),
    ),
    passes=Case(
        (declare(tokens.VAULT),),
        subscription=Subscription(
            resource_groups=(GROUP_NAME,), soft_deleted=(SoftDeleted(_TYPE, "kv-other"),)
        ),
    ),
)
