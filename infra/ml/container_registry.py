"""The ML workspace's container registry."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import containerregistry

from infra.access.grants import grant_personas
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.encryption import CustomerManagedKey
from infra.foundation.lock import lock
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings import ml as settings_of


class ContainerRegistry(Component):
    """Owns the registry of images and who may push. Does not own any image.

    Azure cannot change later: name, location, zone redundancy. Without its registry the workspace cannot work.
    """

    def __init__(
        self,
        settings: settings_of.ContainerRegistry,
        key: CustomerManagedKey | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("ml:ContainerRegistry", "ml-container-registry", context, opts)
        if settings.existing_resource_id:
            self.reference = Reference.to_existing(settings.existing_resource_id)
        else:
            self.reference = self._create(settings, key)
        private_endpoint(self, "ml-container-registry", self.reference, PrivateLink.CONTAINER_REGISTRY)
        grant_personas(self, AccessScope.CONTAINER_REGISTRY, self.reference)
        self.register_outputs({"container_registry_id": self.reference.id})

    def _create(self, settings: settings_of.ContainerRegistry, key: CustomerManagedKey | None) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.CONTAINER_REGISTRY, "ml", generation=settings.generation)
        registry_id = context.arm.container_registry_id(name)
        registry = containerregistry.Registry(
            "ml-container-registry",
            registry_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            sku=containerregistry.SkuArgs(name=settings.sku),
            admin_user_enabled=False,
            anonymous_pull_enabled=False,
            public_network_access=context.public_access,
            network_rule_bypass_options=containerregistry.NetworkRuleBypassOptions.AZURE_SERVICES,
            # Said either way: a registry that gains Premium must not gain an immutable property with it.
            zone_redundancy=(
                containerregistry.ZoneRedundancy.ENABLED
                if settings.zone_redundancy
                else containerregistry.ZoneRedundancy.DISABLED
            ),
            policies=_policies(settings, context),
            identity=(
                containerregistry.IdentityPropertiesArgs(
                    type=containerregistry.ResourceIdentityType.USER_ASSIGNED,
                    user_assigned_identities={
                        key.identity.id: containerregistry.UserIdentityPropertiesArgs()
                    },
                )
                if key
                else None
            ),
            encryption=(
                containerregistry.EncryptionPropertyArgs(
                    status=containerregistry.EncryptionStatus.ENABLED,
                    key_vault_properties=containerregistry.KeyVaultPropertiesArgs(
                        key_identifier=key.uri, identity=key.identity.resource.client_id
                    ),
                )
                if key
                else None
            ),
            tags=self.tags,
            opts=self.stateful_child(immutable=["location", "zoneRedundancy", "encryption.status"]),
        )
        self.verify(registry_id, registry)
        reference = Reference(registry_id, name, (registry,))
        lock(self, "ml-container-registry", reference)
        send_diagnostics(self, "ml-container-registry", reference)
        return reference


def _policies(
    settings: settings_of.ContainerRegistry, context: Context
) -> containerregistry.PoliciesArgs | None:
    closed = not context.is_public
    if settings.untagged_retention_days is None and not closed:
        return None
    return containerregistry.PoliciesArgs(
        retention_policy=(
            containerregistry.RetentionPolicyArgs(
                status=containerregistry.PolicyStatus.ENABLED, days=settings.untagged_retention_days
            )
            if settings.untagged_retention_days is not None
            else None
        ),
        # Refused where the public endpoint is open (learn.microsoft.com container-registry/data-loss-prevention).
        export_policy=(
            containerregistry.ExportPolicyArgs(
                status=(
                    containerregistry.ExportPolicyStatus.ENABLED
                    if settings.export
                    else containerregistry.ExportPolicyStatus.DISABLED
                )
            )
            if closed
            else None
        ),
    )
