"""The key that services are encrypted with, where it is to be ours."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
from pulumi_azure_native import authorization, keyvault

from infra.access.grants import Principal, grant_identity
from infra.access.identity import Identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.key_vault import KeyVault
from infra.settings import encryption as settings_of


@dataclass(frozen=True)
class CustomerManagedKey:
    """The key as a service is told of it, and the identity that may use it."""

    vault: Reference
    vault_uri: str
    key_name: str
    version: pulumi.Output[str]
    """Made by the service: unknown in the first preview. Only for what cannot follow the newest version itself."""
    key: Reference
    identity: Identity

    @property
    def uri(self) -> pulumi.Output[str]:
        """Without a version: the service follows the newest one."""
        return self.key.known_name.apply(lambda name: f"{self.vault_uri}keys/{name}")

    @property
    def uri_with_version(self) -> pulumi.Output[str]:
        """Of the version that is newest when the service is made."""
        return self.version.apply(lambda version: f"{self.vault_uri}keys/{self.key_name}/{version}")


class Encryption(Component):
    """Owns the vault, the key, the identity that services use it with, and that identity's right to it.

    Does not own which service uses it. Losing the key loses the data: the vault has purge protection, the key no
    expiry, and rotation makes a new version a year without ending old ones.
    """

    def __init__(
        self, settings: settings_of.Encryption, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("foundation:Encryption", "encryption", context, opts)
        inside = pulumi.ResourceOptions(parent=self)
        vault = KeyVault("key", settings.key_vault, None, context, inside, holds_service_keys=True).reference
        self.services = frozenset(settings.customer_managed_keys)
        self.dbfs_root_prepared = settings.dbfs_root_prepared
        self.databricks_object_id = settings.databricks_application_object_id
        self.identity = Identity(self, "encryption")
        self.vault = vault
        uses = self.let_use(IdentityPurpose.ENCRYPTION, self.identity.principal)
        self.key = self._key("encryption-key", "platform", 3072, uses)
        self.data_factory_key = (
            # Takes no longer ones (learn.microsoft.com data-factory enable-customer-managed-key).
            self._key("data-factory-key", "data-factory", 2048, uses)
            if settings_of.EncryptedService.DATA_FACTORY in self.services
            else None
        )
        self.register_outputs({"key_name": self.key.key_name, "key_vault_id": vault.id})

    def _key(
        self, logical_name: str, part: str, size: int, uses: list[authorization.RoleAssignment]
    ) -> CustomerManagedKey:
        name = self.context.naming.name(ResourceKind.KEY_VAULT_KEY, part)
        key = keyvault.Key(
            logical_name,
            key_name=name,
            vault_name=self.vault.known_name,
            resource_group_name=self.context.resource_group.known_name,
            properties=keyvault.KeyPropertiesArgs(
                kty=keyvault.JsonWebKeyType.RSA, key_size=size, rotation_policy=_yearly_rotation()
            ),
            tags=self.tags,
            opts=self.stateful_child(),
        )
        return CustomerManagedKey(
            vault=self.vault,
            vault_uri=f"https://{self.vault.name}.vault.azure.net/",
            key_name=name,
            version=key.key_uri_with_version.apply(lambda uri: uri.rsplit("/", 1)[-1]),
            key=Reference(f"{self.vault.id}/keys/{name}", name, (key, *uses)),
            identity=self.identity,
        )

    def let_use(self, identity: IdentityPurpose, principal: Principal) -> list[authorization.RoleAssignment]:
        """Let `principal` wrap and unwrap with the vault's keys, and nothing else."""
        return grant_identity(
            self,
            identity,
            principal,
            AccessScope.ENCRYPTION_KEY_VAULT,
            self.vault,
            {Condition.CUSTOMER_MANAGED_KEY},
        )


def key_for(
    encryption: Encryption | None, service: settings_of.EncryptedService
) -> CustomerManagedKey | None:
    """The key for `service`, or None where Microsoft's key serves."""
    if encryption is None or service not in encryption.services:
        return None
    if service is settings_of.EncryptedService.DATA_FACTORY:
        return encryption.data_factory_key
    return encryption.key


def _yearly_rotation() -> keyvault.RotationPolicyArgs:
    return keyvault.RotationPolicyArgs(
        lifetime_actions=[
            keyvault.LifetimeActionArgs(
                action=keyvault.ActionArgs(type=keyvault.KeyRotationPolicyActionType.ROTATE),
                trigger=keyvault.TriggerArgs(time_after_create="P1Y"),
            )
        ]
    )
