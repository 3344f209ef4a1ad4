"""A factory's own key: RSA of 2048 bits, opened by an identity that the factory has from the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.datafactory.parts import FACTORY
from rehearsal.rules.example_azure import GROUP, GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_KEY = "azure-native:keyvault:Key"
_SIZE = 2048


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if resource.value("encryption") is None:
        return
    opens = resource.text("encryption.identity.userAssignedIdentity")
    given = resource.value("identity.userAssignedIdentities")
    names = {str(name).lower() for name in given} if isinstance(given, Mapping | list) else set[str]()
    if opens and opens.lower() not in names:
        yield Violation(
            "encryption.identity.userAssignedIdentity", "is not among identity.userAssignedIdentities; add it"
        )
    for key in world.of_types((_KEY,)):
        vault = f"https://{key.text('vaultName')}.vault.azure.net".lower()
        named = resource.text("encryption.vaultBaseUrl").rstrip("/").lower()
        if named != vault or key.text("keyName") != resource.text("encryption.keyName"):
            continue
        size = key.value("properties.keySize")
        if key.text("properties.kty") not in ("RSA", "RSA-HSM") or size not in (None, _SIZE):
            yield Violation("encryption.keyName", f"{key.urn} has {size} bits; use RSA of {_SIZE}")


def _case(size: int) -> Case:
    identity = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-keys"
    key = {
        "resourceGroupName": GROUP_NAME,
        "vaultName": "kv-ml-keys-dev",
        "keyName": "data-factory",
        "properties": {"kty": "RSA", "keySize": size},
    }
    factory = {
        "resourceGroupName": GROUP_NAME,
        "factoryName": "adf-ml-dev",
        "location": "westeurope",
        "identity": {"type": "SystemAssigned,UserAssigned", "userAssignedIdentities": {identity: {}}},
        "encryption": {
            "vaultBaseUrl": "https://kv-ml-keys-dev.vault.azure.net/",
            "keyName": "data-factory",
            "identity": {"userAssignedIdentity": identity},
        },
    }
    return Case(
        (Declared(_KEY, key, name="key"), Declared(FACTORY, factory, depends_on=("key",))),
    )


RULE = Rule(
    id="ADF303",
    service="Data Factory",
    title="a key of RSA 2048, and an identity of the factory that opens it",
    applies_to=(FACTORY,),
    status=400,
    code="InvalidEncryptionConfiguration",
    source="learn.microsoft.com data-factory/enable-customer-managed-key",
    check=_check,
    trips=_case(3072),
    passes=_case(2048),
)
