"""Encryption with keys of our own instead of Microsoft's."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from typing_extensions import override

from azure_facts.well_known_applications import FIND_AZURE_DATABRICKS
from infra.settings.base import Guid, LoadingContext, Problem, SettingsModel
from infra.settings.key_vault import KeyVault, KeyVaultSku


class EncryptedService(StrEnum):
    """What can be encrypted with our key; each is decided when the service is created."""

    STORAGE = "storage"
    CONTAINER_REGISTRY = "container_registry"
    ML_WORKSPACE = "ml_workspace"
    DATA_FACTORY = "data_factory"
    SYNAPSE = "synapse"
    DATABRICKS_SERVICES = "databricks_services"
    DATABRICKS_DISKS = "databricks_disks"
    DATABRICKS_DBFS_ROOT = "databricks_dbfs_root"


class Encryption(SettingsModel):
    """Microsoft's keys everywhere, unless a service is named here."""

    customer_managed_keys: list[EncryptedService] = []
    """Services whose data is encrypted with one key of the vault below; data_factory, which takes shorter keys only,
    has one of its own there. data_factory can be named only before the factory is made, and never be taken back."""
    key_vault: KeyVault = KeyVault(sku=KeyVaultSku.PREMIUM)
    """The key's own vault, created by this stack: administrators of the data's vault cannot take the key
    away."""
    databricks_application_object_id: Guid | None = None
    """Object id of AzureDatabricks in the tenant (az ad sp show --id 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d
    --query id); needed for databricks_services."""
    dbfs_root_prepared: bool = False
    """databricks_dbfs_root takes two deployments: the first prepares the workspace and lets its storage use the
    key; then set this to true for the second."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        services = self.customer_managed_keys
        for service in sorted({service for service in services if services.count(service) > 1}):
            yield Problem("customer_managed_keys", f"names {service} twice")
        if EncryptedService.DATABRICKS_SERVICES in services and self.databricks_application_object_id is None:
            yield Problem(
                "databricks_application_object_id",
                f"is missing; find it: {FIND_AZURE_DATABRICKS}",
            )
        if self.dbfs_root_prepared and EncryptedService.DATABRICKS_DBFS_ROOT not in services:
            yield Problem(
                "dbfs_root_prepared", "is true without databricks_dbfs_root in customer_managed_keys"
            )
        if self.key_vault.existing_resource_id is not None:
            yield Problem(
                "key_vault.existing_resource_id", "is not supported: the key is made in a vault of this stack"
            )
