"""Key Vaults, one for each purpose."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import keyvault

from infra.access.grants import grant_personas
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.lock import lock
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings import key_vault as settings_of


class KeyVault(Component):
    """Owns the vault and the personas' rights to its secrets. Does not own any secret.

    Owner and Contributor can neither read nor set secrets of a role-based vault: the access table says who can.
    Azure cannot change later: name, location, tenant; purge protection cannot be switched off, and a deleted
    vault's name stays blocked for the retention.
    """

    def __init__(
        self,
        purpose: str,
        settings: settings_of.KeyVault,
        access: AccessScope | None,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        holds_service_keys: bool = False,
    ) -> None:
        """`purpose` is a word of the vault's name, such as "ml"; `access` the rows of the access table that open
        it, None for a vault that no person opens; `holds_service_keys`: services encrypt with its keys.
        """
        super().__init__("foundation:KeyVault", f"{purpose}-key-vault", context, opts)
        self.purpose = purpose
        self.holds_service_keys = holds_service_keys
        if settings.existing_resource_id:
            self.reference = Reference.to_existing(settings.existing_resource_id)
        else:
            self.reference = self._create(settings)
        private_endpoint(self, f"{purpose}-key-vault", self.reference, PrivateLink.KEY_VAULT)
        if access is not None:
            grant_personas(self, access, self.reference)
        self.register_outputs({"key_vault_id": self.reference.id})

    def _purge_protection(self) -> bool | None:
        """True or absent: `False` is refused (Azure REST spec keyvault).

        A vault that holds keys of other services always has it: they refuse its keys otherwise
        (learn.microsoft.com storage/common/customer-managed-keys-overview).
        """
        comes_and_goes = self.context.environment.ephemeral is not None
        return None if comes_and_goes and not self.holds_service_keys else True

    def _create(self, settings: settings_of.KeyVault) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.KEY_VAULT, self.purpose, generation=settings.generation)
        vault_id = context.arm.key_vault_id(name)
        vault = keyvault.Vault(
            f"{self.purpose}-key-vault",
            vault_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            properties=keyvault.VaultPropertiesArgs(
                tenant_id=context.azure.tenant_id,
                sku=keyvault.SkuArgs(family=keyvault.SkuFamily.A, name=keyvault.SkuName(settings.sku)),
                # Left out, the API in use makes an access-policy vault and a later one a role-based vault
                # (learn.microsoft.com key-vault access-control-default): always said.
                enable_rbac_authorization=True,
                enable_purge_protection=self._purge_protection(),
                enable_soft_delete=True,
                soft_delete_retention_in_days=context.recovery.soft_delete_days,
                public_network_access=context.public_access,
                network_acls=keyvault.NetworkRuleSetArgs(
                    default_action=keyvault.NetworkRuleAction.DENY,
                    bypass=keyvault.NetworkRuleBypassOptions.AZURE_SERVICES,
                    ip_rules=[keyvault.IPRuleArgs(value=text) for text in context.allowed_ip_ranges],
                ),
            ),
            tags=self.tags,
            opts=self.stateful_child(
                immutable=["location", "properties.tenantId"],
            ),
        )
        self.verify(vault_id, vault)
        reference = Reference(vault_id, name, (vault,))
        lock(self, f"{self.purpose}-key-vault", reference)
        send_diagnostics(self, f"{self.purpose}-key-vault", reference)
        return reference
