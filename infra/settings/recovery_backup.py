"""The lake's second copy, in a vault that no single person can empty."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from azure_facts.data_lake_backup import RETENTION_DAYS, SOFT_DELETE_DAYS
from infra.settings.base import ArmIdOf, SettingsModel


class VaultImmutability(StrEnum):
    """Whether recovery points can be deleted before they expire, and whether that can change."""

    UNLOCKED = "unlocked"
    """They cannot be deleted, until somebody who may change the vault switches this off."""
    LOCKED = "locked"
    """They cannot be deleted, and not even Microsoft can change that: you pay for the vault until the last
    one expires."""


class VaultRedundancy(StrEnum):
    """How the vault keeps its copies; fixed once it holds one."""

    LRS = "LRS"
    ZRS = "ZRS"
    GRS = "GRS"


class LakeBackup(SettingsModel):
    """A copy of the lake every day, in a backup vault of the environment.

    It costs the lake's `undelete`: while a backup is active, Azure does not bring soft-deleted files back (the support
    matrix of the backup). What was deleted comes back from the vault, into another account.
    """

    retention_days: Annotated[int, Field(ge=RETENTION_DAYS[0], le=RETENTION_DAYS[1])] = 30
    """Days that each day's copy is kept; fewer later is refused by an immutable vault."""
    soft_delete_days: Annotated[int, Field(ge=SOFT_DELETE_DAYS[0], le=SOFT_DELETE_DAYS[1])] = 14
    """Days that a deleted backup can be brought back; free of charge up to 14. Always on."""
    redundancy: VaultRedundancy = VaultRedundancy.ZRS
    """Of the vault; GRS copies it to the paired region too. Immutable once it holds a copy."""
    immutability: VaultImmutability = VaultImmutability.UNLOCKED
    """`locked` cannot be undone: try the backup and a restore first."""
    resource_guard_id: Annotated[str, ArmIdOf("Microsoft.DataProtection/resourceGuards")] | None = None
    """A resource guard of another team, in a subscription of its own: a backup can be stopped or deleted only
    with the guard's owner (docs/recovery.md says how to create it). Default: everybody who may change the
    vault can."""
    starts_at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "01:00"
    """UTC."""
