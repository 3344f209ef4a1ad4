"""The ML workspace's container registry."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import containerregistry

from infra.access.grants import grant_personas
from infra.access.table import AccessScope
from infra.component import Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.settings import ml as settings_of


class ContainerRegistry(Component):
    """Owns the registry of images and who may push. Does not own any image.

    Azure cannot change later: name, location, zone redundancy. Without its registry the workspace cannot work.
    """

    def __init__(
        self, settings: settings_of.ContainerRegistry, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("ml:ContainerRegistry", "ml-container-registry", context, opts)
        if settings.existing_resource_id:
            self.reference = Reference.to_existing(settings.existing_resource_id)
        else:
            self.reference = self._create(settings)
        grant_personas(self, AccessScope.CONTAINER_REGISTRY, self.reference)
        self.register_outputs({"container_registry_id": self.reference.id})

    def _create(self, settings: settings_of.ContainerRegistry) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.CONTAINER_REGISTRY, "ml", generation=settings.generation)
        registry_id = context.arm.container_registry_id(name)
        premium = settings.sku is settings_of.ContainerRegistrySku.PREMIUM
        registry = containerregistry.Registry(
            "ml-container-registry",
            registry_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            sku=containerregistry.SkuArgs(name=settings.sku),
            admin_user_enabled=False,
            anonymous_pull_enabled=False,
            public_network_access=containerregistry.PublicNetworkAccess.ENABLED,
            network_rule_bypass_options=containerregistry.NetworkRuleBypassOptions.AZURE_SERVICES,
            zone_redundancy=containerregistry.ZoneRedundancy.ENABLED if premium else None,
            policies=_policies(settings),
            tags=self.tags,
            opts=self.stateful_child(immutable=["location", "zoneRedundancy"]),
        )
        self.verify(registry_id, registry)
        return Reference(registry_id, name, (registry,))


def _policies(settings: settings_of.ContainerRegistry) -> containerregistry.PoliciesArgs | None:
    if settings.untagged_retention_days is None:
        return None
    return containerregistry.PoliciesArgs(
        retention_policy=containerregistry.RetentionPolicyArgs(
            status=containerregistry.PolicyStatus.ENABLED, days=settings.untagged_retention_days
        )
    )
