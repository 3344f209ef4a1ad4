"""What the region, the keys and the kind of environment ask of the other areas of the settings."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.regions import REGIONS
from infra.settings.base import Problem
from infra.settings.encryption import EncryptedService
from infra.settings.ml import ContainerRegistrySku
from infra.settings.platform import PlatformSettings


def serving_needs_ml(settings: PlatformSettings) -> Iterator[Problem]:
    """Endpoints are the ML workspace's, and the scoring cluster is attached to it."""
    if settings.serving is not None and settings.ml is None:
        yield Problem(
            "serving", "needs ml, whose workspace its endpoints are made in; add ml or remove serving"
        )


def encrypted_services_exist(settings: PlatformSettings) -> Iterator[Problem]:
    """A key for what is not made here would be a promise without effect."""
    made = {
        EncryptedService.STORAGE: (
            settings.ml and not settings.ml.workspace.storage_account.existing_resource_id
        )
        or (settings.lake and not settings.lake.existing_resource_id),
        EncryptedService.CONTAINER_REGISTRY: settings.ml
        and not settings.ml.workspace.container_registry.existing_resource_id,
        EncryptedService.ML_WORKSPACE: settings.ml,
        EncryptedService.DATA_FACTORY: settings.data_factory,
        EncryptedService.SYNAPSE: settings.synapse,
    }
    for service in settings.encryption.customer_managed_keys:
        if not made.get(service, settings.databricks):
            yield Problem(
                "encryption.customer_managed_keys", f"names {service}, which this stack does not make"
            )
    registry = settings.ml and settings.ml.workspace.container_registry
    if (
        EncryptedService.CONTAINER_REGISTRY in settings.encryption.customer_managed_keys
        and registry
        and registry.sku is not ContainerRegistrySku.PREMIUM
    ):
        yield Problem(
            "ml.workspace.container_registry.sku", f"is {registry.sku}; a key of our own needs Premium"
        )


def ephemeral_keeps_nothing(settings: PlatformSettings) -> Iterator[Problem]:
    """What would stop `pulumi destroy` was asked for by name, in an environment that comes and goes."""
    if settings.environment.ephemeral is None:
        return
    for key in ("protected", "locks", "notebook_backup"):
        if key in settings.recovery.model_fields_set and getattr(settings.recovery, key):
            yield Problem(
                f"recovery.{key}",
                "is true, and environment.ephemeral says that this environment goes; remove one of the two",
            )
    if settings.recovery.lake_backup:
        yield Problem(
            "recovery.lake_backup",
            "is given, and environment.ephemeral says that this environment goes: a vault with copies in it cannot "
            "be deleted; remove one of the two",
        )


def zones_of_the_region(settings: PlatformSettings) -> Iterator[Problem]:
    """Zone redundancy is the default, and not every region has zones or a pair."""
    location = settings.azure.location
    region = REGIONS[location]
    made = settings.ml and settings.ml.workspace.storage_account
    redundancy = made.redundancy if made and not made.existing_resource_id else ""
    zonal: list[tuple[str, str]] = []
    if "ZRS" in redundancy:
        zonal.append(("ml.workspace.storage_account.redundancy", "Standard_LRS or Standard_GRS"))
    registry = settings.ml and settings.ml.workspace.container_registry
    if registry and registry.zone_redundancy and not registry.existing_resource_id:
        zonal.append(("ml.workspace.container_registry.zone_redundancy", "false"))
    cluster = settings.serving.cluster if settings.serving else None
    if cluster and cluster.availability_zones:
        zonal.append(("serving.cluster.availability_zones", "[]"))
    if not region.has_availability_zones:
        for path, instead in zonal:
            yield Problem(path, f"needs availability zones, which {location} does not have; give {instead}")
    if "G" in redundancy and region.paired_region is None:
        yield Problem(
            "ml.workspace.storage_account.redundancy",
            f"copies to a paired region, and {location} has none; give Standard_ZRS or Standard_LRS",
        )


def backups_reach_the_share(settings: PlatformSettings) -> Iterator[Problem]:
    """Azure Backup takes a file share with the account's key (azure_facts.file_share_backup), which the stack's own
    account refuses."""
    account = settings.ml and settings.ml.workspace.storage_account
    if settings.recovery.notebook_backup and account and account.existing_resource_id is None:
        yield Problem(
            "recovery.notebook_backup",
            "is true, and Azure Backup needs the account's key, which the workspace's storage account does not take; "
            "give false and keep notebooks as docs/recovery.md says, or give an account that takes keys as "
            "ml.workspace.storage_account.existing_resource_id",
        )
