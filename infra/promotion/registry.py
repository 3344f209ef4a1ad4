"""The ML registry that models are promoted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import machinelearningservices

from azure_facts.regions import region_name
from infra.access.grants import grant_personas
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.lock import lock
from infra.foundation.private_link import PrivateLink, endpoint_to_made_up, private_endpoint
from infra.settings import promotion as settings_of

REDUNDANCY = "regionDetails[*].storageAccountDetails[*].systemCreatedStorageAccount.storageAccountType"
"""Where the registry's own accounts say how they are copied."""


class ModelRegistry(Component):
    """Owns the registry and who may read and promote.

    Does not own what the service makes for it: a storage account in each region and a Premium container registry, in
    a resource group of the service's own (azureml-rg-…), which the budget counts. An existing account is refused
    (Azure/bicep-types-az#1805). Nothing of ours is in that group; our network has endpoints to what is in it.
    Azure cannot change later: name and primary region. Of the accounts' redundancy it says nothing, and the accounts
    hold every promoted model: a changed one previews as the replacement that `protect` refuses. Other regions can be
    added; what becomes of the copies in one that is left out, Azure does not say either.
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
            opts=self.stateful_child(immutable=["location", REDUNDANCY], custom_timeouts=LONG_TIMEOUTS),
        )
        self.verify(registry_id, registry)
        self.reference = Reference(registry_id, name, (registry,))
        self.managed_resource_group: pulumi.Output[str] = registry.managed_resource_group.apply(_group_name)
        self.made: pulumi.Output[MadeAccounts] | None = None
        """What it keeps files and images in, where our network has endpoints to them."""
        send_diagnostics(self, "ml-registry", self.reference)
        lock(self, "ml-registry", self.reference)
        self._private_endpoints(registry)
        grant_personas(self, AccessScope.ML_REGISTRY, self.reference)
        self.outputs: dict[str, pulumi.Input[object]] = {"registry_id": registry_id, "registry_name": name}
        self.register_outputs(self.outputs)

    def _private_endpoints(self, registry: machinelearningservices.Registry) -> None:
        """Of the registry, and of the account and the images that it keeps in this region: who is told where a model's
        files are must reach them too (learn.microsoft.com how-to-registry-network-isolation, use assets)."""
        private_endpoint(self, "ml-registry", self.reference, PrivateLink.ML_REGISTRY)
        if self.context.private is None:
            return
        location = self.context.azure.location
        # The group is there once the accounts are; the regions alone are known before, without their accounts.
        accounts = registry.managed_resource_group.apply(
            lambda _: registry.region_details.apply(lambda regions: made_accounts(regions or (), location))
        )
        self.made = accounts
        endpoint_to_made_up(
            self, "ml-registry-blob", accounts.apply(lambda ids: ids.storage), PrivateLink.STORAGE_BLOB
        )
        endpoint_to_made_up(
            self, "ml-registry-images", accounts.apply(lambda ids: ids.images), PrivateLink.CONTAINER_REGISTRY
        )


@dataclass(frozen=True)
class MadeAccounts:
    """ARM ids of what the registry made for itself in one region."""

    storage: str
    images: str


def made_accounts(
    regions: Sequence[machinelearningservices.outputs.RegistryRegionArmDetailsResponse], location: str
) -> MadeAccounts:
    """Those of `location`. Raises pulumi.RunError where the registry names none."""
    for region in regions:
        if region_name(region.location or "") != location:
            continue
        storage = [item.system_created_storage_account for item in region.storage_account_details or ()]
        images = [item.system_created_acr_account for item in region.acr_details or ()]
        ids = [
            item.arm_resource_id.resource_id
            for item in (*storage[:1], *images[:1])
            if item and item.arm_resource_id and item.arm_resource_id.resource_id
        ]
        if len(ids) == 2:
            return MadeAccounts(*ids)
    raise pulumi.RunError(f"the ML registry came back without its storage account and images in {location}")


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
