"""What Pulumi's engine asks of a blob container that holds its state, and of the vault's key that encrypts secrets."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_LOCK = Source("pulumi/pulumi pkg/backend/diy/lock.go", _READ)
_KEEPER = Source("google/go-cloud secrets/azurekeyvault/akv.go, Encrypt, Decrypt", _READ)
_BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
_KEYS = "Microsoft.KeyVault/vaults/keys"


@dataclass(frozen=True)
class StateOperation:
    """A data operation on the container, or on the key."""

    operation: str
    source: Source
    of_key: bool = False


READS_STATE = (
    StateOperation(f"{_BLOBS}/read", _LOCK),
    StateOperation(f"{_KEYS}/decrypt/action", _KEEPER, of_key=True),
)
"""Of every command that loads a stack; a preview takes no lock."""

WRITES_STATE = (
    StateOperation(f"{_BLOBS}/write", _LOCK),
    # The lock's file is written first and deleted at the end.
    StateOperation(f"{_BLOBS}/delete", _LOCK),
    StateOperation(f"{_KEYS}/encrypt/action", _KEEPER, of_key=True),
)
"""Of every command that changes it, besides."""
