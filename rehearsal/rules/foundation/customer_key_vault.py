"""The vault of a customer-managed key keeps what is deleted from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.paths import strings
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_KEYS: Mapping[str, str] = {
    tokens.STORAGE_ACCOUNT: "encryption.keyVaultProperties",
    tokens.ML_WORKSPACE: "encryption.keyVaultProperties",
    tokens.REGISTRY: "encryption.keyVaultProperties",
    tokens.DATABRICKS_WORKSPACE: "encryption",
    tokens.SYNAPSE_WORKSPACE: "encryption.cmk",
    "azure-native:datafactory:Factory": "encryption",
}
"""Where each type names the key of its encryption."""


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    path = _KEYS[resource.type]
    for below, text, _ in strings(resource.value(path)):
        vault = _vault(text, world)
        if vault is not None and vault.value("properties.enablePurgeProtection") is not True:
            yield Violation(
                f"{path}.{below}",
                f"the vault {vault.name} lets keys be purged, and with this one everything would be lost: set "
                "enable_purge_protection on it",
            )


def _vault(text: str, world: World) -> Resource | None:
    """The vault that a key's URI, a vault's URI or id lies in, where this stack declares it."""
    lowered = text.lower()
    for vault in world.of_types((tokens.VAULT,)):
        name = vault.id.rpartition("/")[2].lower()
        if lowered.startswith((f"https://{name}.vault.", vault.id.lower())):
            return vault
    return None


_IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-keys"


def _case(changes: Mapping[str, object]) -> Case:
    vault = declare(tokens.VAULT, changes, name="vault")
    uri = "https://kv-ml-dev-7k2ap.vault.azure.net"
    account = declare(
        tokens.STORAGE_ACCOUNT,
        {
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [_IDENTITY]},
            "encryption": {
                "keySource": "Microsoft.Keyvault",
                "keyVaultProperties": {"keyName": "data", "keyVaultUri": uri},
            },
        },
        depends_on=("vault",),
    )
    return Case((vault, account))


RULE = Rule(
    id="KV056",
    service="Key Vault",
    title="the vault of a customer-managed key has purge protection",
    applies_to=tuple(sorted(_KEYS)),
    status=400,
    code="",
    source="learn.microsoft.com azure/storage/common/customer-managed-keys-configure-new-account; "
    "MicrosoftDocs/azure-docs issues 99329, 71382; hashicorp/terraform-provider-azurerm issue 14240",
    check=_check,
    trips=_case({"properties.enablePurgeProtection": REMOVE}),
    passes=_case({}),
)
