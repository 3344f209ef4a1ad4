"""How a storage account is encrypted: twice, with Microsoft's key or ours outside."""

from __future__ import annotations

from pulumi_azure_native import storage

from infra.foundation.encryption import CustomerManagedKey


def storage_identity(key: CustomerManagedKey | None) -> storage.IdentityArgs | None:
    """The identity with which the account uses our key."""
    if key is None:
        return None
    return storage.IdentityArgs(
        type=storage.IdentityType.USER_ASSIGNED,
        user_assigned_identities=[key.identity.reference.known_id],
    )


def storage_encryption(key: CustomerManagedKey | None) -> storage.EncryptionArgs:
    """Twice, with a key for the account; the outer one may be ours, and then follows its newest version.

    Queues and tables have a key of their service, Microsoft's, unless the account is created with the account's for
    them too, which cannot be changed later (learn.microsoft.com storage/common/account-encryption-key-create).
    """
    service = storage.EncryptionServiceArgs(enabled=True, key_type=storage.KeyType.ACCOUNT)
    ours = service if key else None
    return storage.EncryptionArgs(
        key_source=storage.KeySource.MICROSOFT_KEYVAULT if key else storage.KeySource.MICROSOFT_STORAGE,
        require_infrastructure_encryption=True,
        services=storage.EncryptionServicesArgs(blob=service, file=service, queue=ours, table=ours),
        encryption_identity=(
            storage.EncryptionIdentityArgs(encryption_user_assigned_identity=key.identity.reference.known_id)
            if key
            else None
        ),
        key_vault_properties=(
            storage.KeyVaultPropertiesArgs(key_name=key.key.known_name, key_vault_uri=key.vault_uri)
            if key
            else None
        ),
    )


ENCRYPTION_AT_CREATION = (
    "encryption.requireInfrastructureEncryption",
    "encryption.services.queue.keyType",
    "encryption.services.table.keyType",
)
"""What Azure never changes of it."""
