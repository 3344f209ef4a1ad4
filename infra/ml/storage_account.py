"""The ML workspace's default storage account."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import storage

from infra.access.grants import grant_personas
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.settings import ml as settings_of


class StorageAccount(Component):
    """Owns the account of notebooks, artifacts and logs, and the personas' access to its data.

    Does not own the data lake: the workspace refuses an account with a hierarchical namespace as its default.
    Azure cannot change later: name, location, namespace; the workspace cannot change to another account.
    """

    def __init__(
        self, settings: settings_of.StorageAccount, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("ml:StorageAccount", "ml-storage", context, opts)
        if settings.existing_resource_id:
            self.reference = Reference.to_existing(settings.existing_resource_id)
        else:
            self.reference = self._create(settings)
        grant_personas(self, AccessScope.ML_STORAGE, self.reference)
        self.register_outputs({"storage_account_id": self.reference.id})

    def _create(self, settings: settings_of.StorageAccount) -> Reference:
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
            encryption=storage.EncryptionArgs(
                key_source=storage.KeySource.MICROSOFT_STORAGE,
                require_infrastructure_encryption=True,
                services=storage.EncryptionServicesArgs(
                    blob=storage.EncryptionServiceArgs(enabled=True, key_type=storage.KeyType.ACCOUNT),
                    file=storage.EncryptionServiceArgs(enabled=True, key_type=storage.KeyType.ACCOUNT),
                ),
            ),
            public_network_access=storage.PublicNetworkAccess.ENABLED,
            network_rule_set=storage.NetworkRuleSetArgs(
                # Azure ML's, Databricks' and AKS's nodes call from addresses that nobody can list; keys are
                # off, so every call carries an Entra identity.
                default_action=storage.DefaultAction.ALLOW,
                bypass=storage.Bypass.AZURE_SERVICES,
            ),
            tags=self.tags,
            opts=self.stateful_child(immutable=["encryption.requireInfrastructureEncryption"]),
        )
        self.verify(account_id, account)
        account_reference = Reference(account_id, name, (account,))
        retention = storage.DeleteRetentionPolicyArgs(enabled=True, days=context.recovery.soft_delete_days)
        storage.BlobServiceProperties(
            "ml-storage-blobs",
            account_name=account_reference.known_name,
            blob_services_name="default",
            resource_group_name=context.resource_group.known_name,
            is_versioning_enabled=True,
            delete_retention_policy=retention,
            container_delete_retention_policy=retention,
            opts=self.child(),
        )
        storage.FileServiceProperties(
            "ml-storage-files",
            account_name=account_reference.known_name,
            file_services_name="default",
            resource_group_name=context.resource_group.known_name,
            share_delete_retention_policy=retention,
            opts=self.child(),
        )
        return account_reference
