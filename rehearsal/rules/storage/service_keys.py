"""A key of one's own covers queues and tables only where the account was created so."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import storage_encryption
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("kind") != "StorageV2" or resource.text("encryption.keySource") != "Microsoft.Keyvault":
        return
    for service in storage_encryption.OWN_SERVICES:
        path = f"encryption.services.{service}.keyType"
        if resource.text(path) != "Account" and not resource.is_unknown(path):
            yield Violation(
                path,
                f"is not Account, so Microsoft's key encrypts the {service}s, and this cannot be changed later; "
                "set it to Account before the account is created",
            )


_OWN_KEY = {
    "keySource": "Microsoft.Keyvault",
    "keyVaultProperties": {"keyName": "storage", "keyVaultUri": "https://kv-ml-dev.vault.azure.net/"},
}
_ACCOUNT = {"enabled": True, "keyType": "Account"}

RULE = Rule(
    id="ST321",
    service="Azure Storage",
    title="a key of one's own covers queues and tables too",
    applies_to=(tokens.STORAGE_ACCOUNT,),
    status=0,
    code="",
    source=str(storage_encryption.SERVICE_KEYS),
    check=_check,
    trips=Case((declare(tokens.STORAGE_ACCOUNT, {"kind": "StorageV2", "encryption": _OWN_KEY}),)),
    passes=Case(
        (
            declare(
                tokens.STORAGE_ACCOUNT,
                {
                    "kind": "StorageV2",
                    "encryption": {**_OWN_KEY, "services": {"queue": _ACCOUNT, "table": _ACCOUNT}},
                },
            ),
        )
    ),
    severity=Severity.WARNING,
)
