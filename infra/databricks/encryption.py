"""The Databricks workspace's three encryptions with a key of our own: services, disks, and the DBFS root."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import authorization, databricks

from infra.access.grants import Principal
from infra.access.identity_purpose import IdentityPurpose
from infra.foundation.encryption import CustomerManagedKey, Encryption, key_for
from infra.settings.encryption import EncryptedService


class WorkspaceEncryption:
    """What the workspace is told of the key, and who must be let use it before and after it exists.

    Notebooks, secrets and queries are encrypted by Databricks' own application, disks and the DBFS root by
    identities that the service makes with the workspace: their rights can only follow it.
    """

    def __init__(self, encryption: Encryption | None) -> None:
        self._encryption = encryption
        self._services = key_for(encryption, EncryptedService.DATABRICKS_SERVICES)
        self._disks = key_for(encryption, EncryptedService.DATABRICKS_DISKS)
        self._dbfs_root = key_for(encryption, EncryptedService.DATABRICKS_DBFS_ROOT)

    def prerequisites(self) -> list[authorization.RoleAssignment]:
        """Without it, creating the workspace fails on the key."""
        encryption = self._encryption
        if encryption is None or self._services is None or encryption.databricks_object_id is None:
            return []
        application = encryption.databricks_object_id
        principal = Principal(application, application, "ServicePrincipal")
        return encryption.let_use(IdentityPurpose.DATABRICKS_APPLICATION, principal)

    def properties(self) -> databricks.WorkspacePropertiesEncryptionArgs | None:
        """Services and disks."""
        if self._services is None and self._disks is None:
            return None
        source = databricks.EncryptionKeySource.MICROSOFT_KEYVAULT
        services, disks = self._services, self._disks
        return databricks.WorkspacePropertiesEncryptionArgs(
            entities=databricks.EncryptionEntitiesDefinitionArgs(
                managed_services=(
                    databricks.EncryptionV2Args(
                        key_source=source,
                        key_vault_properties=databricks.EncryptionV2KeyVaultPropertiesArgs(
                            key_name=services.key.known_name,
                            key_vault_uri=services.vault_uri,
                            key_version=services.version,
                        ),
                    )
                    if services
                    else None
                ),
                managed_disk=(
                    databricks.ManagedDiskEncryptionArgs(
                        key_source=source,
                        key_vault_properties=databricks.ManagedDiskEncryptionKeyVaultPropertiesArgs(
                            key_name=disks.key.known_name,
                            key_vault_uri=disks.vault_uri,
                            key_version=disks.version,
                        ),
                        rotation_to_latest_key_version_enabled=True,
                    )
                    if disks
                    else None
                ),
            )
        )

    @property
    def prepares_dbfs_root(self) -> bool:
        """Gives the workspace's storage an identity, which the first deployment must do before the second."""
        return self._dbfs_root is not None

    def dbfs_root(self) -> databricks.EncryptionArgs | None:
        """The DBFS root's key, once its storage may use it (`encryption.dbfs_root_prepared`)."""
        key: CustomerManagedKey | None = self._dbfs_root
        if key is None or self._encryption is None or not self._encryption.dbfs_root_prepared:
            return None
        return databricks.EncryptionArgs(
            key_source=databricks.KeySource.MICROSOFT_KEYVAULT,
            key_name=key.key.known_name,
            key_vault_uri=key.vault_uri,
            key_version=key.version,
        )

    def let_service_identities_use_key(self, workspace: databricks.Workspace, workspace_id: str) -> None:
        """Disks are encrypted from the first cluster on, so this may follow the workspace."""
        encryption = self._encryption
        if encryption is None:
            return
        for key, purpose, part, identity in (
            (
                self._disks,
                IdentityPurpose.DATABRICKS_DISKS,
                "managedDiskIdentity",
                workspace.managed_disk_identity,
            ),
            (
                self._dbfs_root,
                IdentityPurpose.DATABRICKS_STORAGE,
                "storageAccountIdentity",
                workspace.storage_account_identity,
            ),
        ):
            if key is not None:
                principal = Principal(
                    f"{workspace_id}/{part}", identity.apply(_principal_id), "ServicePrincipal"
                )
                encryption.let_use(purpose, principal)


def _principal_id(identity: databricks.outputs.ManagedIdentityConfigurationResponse | None) -> str:
    if identity is None or identity.principal_id is None:
        raise pulumi.RunError("Databricks returned no identity that could use the encryption key")
    return identity.principal_id
