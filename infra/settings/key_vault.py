"""A Key Vault for any purpose."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from infra.settings.base import ArmIdOf, ExistingOrNew


class KeyVaultSku(StrEnum):
    """`premium` adds keys in hardware."""

    STANDARD = "standard"
    PREMIUM = "premium"


class KeyVault(ExistingOrNew):
    """A role-based vault with purge protection; a deleted one's name stays blocked for the retention."""

    existing_resource_id: Annotated[str, ArmIdOf("Microsoft.KeyVault/vaults")] | None = None
    sku: KeyVaultSku = KeyVaultSku.STANDARD
