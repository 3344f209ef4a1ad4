"""What a key vault that goes by access policies asks for: the permission behind each data operation.

Azure names one right twice: as the data action of a role, and as a permission of an access policy. Which operation of
the vault's API asks for which permission is said beside each operation.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from azure_facts.source import Source

SOURCE = Source(
    "Azure/azure-sdk-for-js sdk/keyvault/keyvault-secrets/src/api/operations.ts and keyvault-keys: 'this operation "
    "requires the secrets/get permission', and so on for each",
    datetime.date(2026, 11, 30),
)

_VAULT = "microsoft.keyvault/vaults"

VAULT_PERMISSIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        f"{_VAULT}/secrets/getsecret/action": ("secrets", "get"),
        f"{_VAULT}/secrets/readmetadata/action": ("secrets", "list"),
        f"{_VAULT}/secrets/setsecret/action": ("secrets", "set"),
        f"{_VAULT}/secrets/delete": ("secrets", "delete"),
        f"{_VAULT}/keys/read": ("keys", "get"),
        f"{_VAULT}/keys/wrap/action": ("keys", "wrapkey"),
        f"{_VAULT}/keys/unwrap/action": ("keys", "unwrapkey"),
    }
)
"""Data action in lower case -> kind of content and permission, in lower case as well."""
