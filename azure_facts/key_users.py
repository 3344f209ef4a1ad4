"""Services that encrypt with a customer's key in the name of an identity, and refuse where that may not use it.

The service asks the vault at the request itself, so the grant comes before. Not here, for want of a source or of a
name: a machine learning workspace (no error text was found); Databricks, whose notebooks and disks are encrypted by an
application of the tenant that a program need not name (Azure/azure-powershell#22898 has its refusal).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)

USES = (
    "Microsoft.KeyVault/vaults/keys/read",
    "Microsoft.KeyVault/vaults/keys/wrap/action",
    "Microsoft.KeyVault/vaults/keys/unwrap/action",
)
"""What each of them needs; Key Vault Crypto Service Encryption User has these and no more."""


@dataclass(frozen=True)
class KeyUser:
    """Paths of a resource's inputs: `identity` names the identity by its ARM id or its client id, `key` the vault by a
    URI. `code` and `message` are the service's, `Forbidden` where the source has no code; `{key}` and `{identity}` are
    filled in."""

    identity: str
    key: str
    code: str
    message: str
    source: Source


KEY_USERS: Mapping[str, KeyUser] = MappingProxyType(
    {
        "azure-native:storage:StorageAccount": KeyUser(
            "encryption.encryptionIdentity.encryptionUserAssignedIdentity",
            "encryption.keyVaultProperties.keyVaultUri",
            "Forbidden",
            "The operation failed because of authentication issue on the keyvault.",
            Source(
                "Azure/terraform-azurerm-avm-res-storage-storageaccount#391, PowerShell/PowerShell#20404",
                _READ,
            ),
        ),
        "azure-native:compute:DiskEncryptionSet": KeyUser(
            "identity.userAssignedIdentities",
            "activeKey.keyUrl",
            "KeyVaultAccessForbidden",
            "Unable to access key vault resource '{key}' to enable encryption at rest. Please grant get, wrap and "
            "unwrap key permissions to user-assigned identity '{identity}'.",
            Source("ansible-collections/azure#1676", _READ),
        ),
        "azure-native:containerregistry:Registry": KeyUser(
            "encryption.keyVaultProperties.identity",
            "encryption.keyVaultProperties.keyIdentifier",
            "Forbidden",
            "Failed to access KeyId '{key}'. Verify that identity '{identity}' has 'Get, Wrap Key, Unwrap Key' "
            "permission on key '{key}'.",
            Source("MicrosoftDocs/azure-docs#61015", _READ),
        ),
    }
)
