"""The ML workspace's default storage account."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import storage

from azure_facts.arm_ids import child_id
from infra.access.grants import grant_personas
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.encryption import CustomerManagedKey
from infra.foundation.lock import lock
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.foundation.storage_encryption import (
    ENCRYPTION_AT_CREATION,
    storage_encryption,
    storage_identity,
)
from infra.settings import ml as settings_of


class StorageAccount(Component):
    """Owns the account of notebooks, artifacts and logs, and the personas' access to its data.

    Does not own the data lake: the workspace refuses an account with a hierarchical namespace as its default.
    Azure cannot change later: name, location, namespace; the workspace cannot change to another account.
    """

    def __init__(
        self,
        settings: settings_of.StorageAccount,
        key: CustomerManagedKey | None,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        compute_in_our_network: bool,
    ) -> None:
        """`compute_in_our_network`: parallel jobs hand out work by queue and table, from the network of the compute."""
        super().__init__("ml:StorageAccount", "ml-storage", context, opts)
        if settings.existing_resource_id:
            self.reference = Reference.to_existing(settings.existing_resource_id)
        else:
            self.reference = self._create(settings, key)
        # A given account is reached through endpoints of ours too; its owner approves them.
        parts = [("blob", PrivateLink.STORAGE_BLOB), ("file", PrivateLink.STORAGE_FILE)]
        if compute_in_our_network:
            parts += [("queue", PrivateLink.STORAGE_QUEUE), ("table", PrivateLink.STORAGE_TABLE)]
        endpoints = {
            part: private_endpoint(self, f"ml-storage-{part}", self.reference, link) for part, link in parts
        }
        self.studio_endpoints: Mapping[str, Reference] = {
            part: endpoint for part in ("blob", "file") if (endpoint := endpoints[part])
        }
        grant_personas(self, AccessScope.ML_STORAGE, self.reference)
        self.register_outputs({"storage_account_id": self.reference.id})

    def _create(self, settings: settings_of.StorageAccount, key: CustomerManagedKey | None) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.STORAGE_ACCOUNT, "ml", generation=settings.generation)
        account_id = context.arm.storage_account_id(name)
        account = storage.StorageAccount(
            "ml-storage",
            account_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            kind=storage.Kind.STORAGE_V2,
            sku=storage.SkuArgs(name=settings.redundancy),
            access_tier=storage.AccessTier.HOT,
            allow_blob_public_access=False,
            allow_cross_tenant_replication=False,
            allow_shared_key_access=False,
            default_to_o_auth_authentication=True,
            enable_https_traffic_only=True,
            minimum_tls_version=storage.MinimumTlsVersion.TLS1_2,
            identity=storage_identity(key),
            encryption=storage_encryption(key),
            public_network_access=context.public_access,
            network_rule_set=storage.NetworkRuleSetArgs(
                # In public mode Azure ML's, Databricks' and AKS's nodes call from addresses that nobody can
                # list; keys are off, so every call carries an Entra identity.
                default_action=(
                    storage.DefaultAction.ALLOW if context.is_public else storage.DefaultAction.DENY
                ),
                bypass=storage.Bypass.AZURE_SERVICES,
            ),
            tags=self.tags,
            opts=self.stateful_child(immutable=[*ENCRYPTION_AT_CREATION]),
        )
        self.verify(account_id, account)
        reference = Reference(account_id, name, (account,))
        settings_of_services = self._recovery(reference)
        lock(self, "ml-storage", reference)
        for service in ("blob", "file", "queue", "table"):
            service_id = child_id(account_id, f"{service}Services", "default")
            made = settings_of_services.get(service, account)
            send_diagnostics(self, f"ml-storage-{service}", Reference(service_id, "default", (made,)))
        return reference

    def _recovery(self, account: Reference) -> Mapping[str, pulumi.CustomResource]:
        """Soft delete, versions, the change feed and point-in-time restore, which needs all three."""
        context = self.context
        retention = storage.DeleteRetentionPolicyArgs(enabled=True, days=context.recovery.soft_delete_days)
        restore_days = context.recovery.point_in_time_restore_days
        blobs = storage.BlobServiceProperties(
            "ml-storage-blobs",
            account_name=account.known_name,
            blob_services_name="default",
            resource_group_name=context.resource_group.known_name,
            is_versioning_enabled=True,
            change_feed=storage.ChangeFeedArgs(
                enabled=True, retention_in_days=context.recovery.soft_delete_days
            ),
            restore_policy=(
                storage.RestorePolicyPropertiesArgs(enabled=True, days=restore_days) if restore_days else None
            ),
            delete_retention_policy=retention,
            container_delete_retention_policy=retention,
            opts=self.child(),
        )
        files = storage.FileServiceProperties(
            "ml-storage-files",
            account_name=account.known_name,
            file_services_name="default",
            resource_group_name=context.resource_group.known_name,
            share_delete_retention_policy=retention,
            opts=self.child(),
        )
        return {"blob": blobs, "file": files}
