"""The ML registry that models are promoted to."""

from __future__ import annotations

import pulumi
from pulumi_azure_native import machinelearningservices

from infra.access.grants import grant_personas
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.lock import lock
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings import promotion as settings_of


class ModelRegistry(Component):
    """Owns the registry and who may read and promote.

    Does not own what the service makes for it: a storage account and a Premium container registry in each region, in
    a resource group of the service's own (azureml-rg-…), which the budget counts. An existing account is refused
    (Azure/bicep-types-az#1805). Nothing of ours stands in that group.
    Azure cannot change later: name, primary region, a region once it is there, the accounts' redundancy.
    """

    def __init__(
        self, settings: settings_of.Registry, context: Context, opts: pulumi.ResourceOptions
    ) -> None:
        super().__init__("promotion:ModelRegistry", "ml-registry", context, opts)
        name = context.naming.name(ResourceKind.ML_REGISTRY, generation=settings.generation)
        registry_id = context.arm.ml_registry_id(name)
        registry = machinelearningservices.Registry(
            "ml-registry",
            registry_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            identity=machinelearningservices.ManagedServiceIdentityArgs(
                type=machinelearningservices.ManagedServiceIdentityType.SYSTEM_ASSIGNED
            ),
            public_network_access=context.public_access,
            region_details=[_region(region, settings) for region in settings.regions],
            tags=self.tags,
            opts=self.stateful_child(immutable=["location"], custom_timeouts=LONG_TIMEOUTS),
        )
        self.verify(registry_id, registry)
        self.reference = Reference(registry_id, name, (registry,))
        self.managed_resource_group: pulumi.Output[str] = registry.managed_resource_group.apply(_group_name)
        send_diagnostics(self, "ml-registry", self.reference)
        lock(self, "ml-registry", self.reference)
        private_endpoint(self, "ml-registry", self.reference, PrivateLink.ML_REGISTRY)
        grant_personas(self, AccessScope.ML_REGISTRY, self.reference)
        self.outputs: dict[str, pulumi.Input[object]] = {"registry_id": registry_id, "registry_name": name}
        self.register_outputs(self.outputs)


def _region(
    region: str, settings: settings_of.Registry
) -> machinelearningservices.RegistryRegionArmDetailsArgs:
    return machinelearningservices.RegistryRegionArmDetailsArgs(
        location=region,
        storage_account_details=[
            machinelearningservices.StorageAccountDetailsArgs(
                system_created_storage_account=machinelearningservices.SystemCreatedStorageAccountArgs(
                    storage_account_type=settings.redundancy,
                    storage_account_hns_enabled=False,
                    allow_blob_public_access=False,
                )
            )
        ],
        acr_details=[
            machinelearningservices.AcrDetailsArgs(
                system_created_acr_account=machinelearningservices.SystemCreatedAcrAccountArgs(
                    acr_account_sku="Premium"
                )
            )
        ],
    )


def _group_name(group: machinelearningservices.outputs.ArmResourceIdResponse | None) -> str:
    if group is None or group.resource_id is None:
        raise pulumi.RunError("the ML registry came back without its managed resource group")
    return group.resource_id.rpartition("/")[2]
