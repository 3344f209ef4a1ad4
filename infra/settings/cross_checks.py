"""What the areas of a stack's settings need of each other."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from azure_facts.regions import REGIONS
from infra.settings import (
    data_cross_checks,
    ingest_cross_checks,
    lake_cross_checks,
    ml_cross_checks,
    operating_cross_checks,
    synapse_cross_checks,
    trigger_cross_checks,
)
from infra.settings.base import Problem
from infra.settings.databricks import DatabricksContent, grantees
from infra.settings.databricks.machine_learning import ModelRegistry
from infra.settings.encryption import EncryptedService
from infra.settings.environment import EnvironmentKind
from infra.settings.ml import ContainerRegistrySku, MachineLearning, ManagedNetworkIsolation
from infra.settings.names import name_problems, tag_problems
from infra.settings.network import PrivateNetwork, PublicNetwork
from infra.settings.platform import PlatformSettings


@dataclass(frozen=True)
class CrossCheck:
    """A rule between areas; it runs when every area it reads is valid in itself."""

    areas: tuple[str, ...]
    check: Callable[[PlatformSettings], Iterator[Problem]]


def _serving_needs_ml(settings: PlatformSettings) -> Iterator[Problem]:
    if settings.serving is not None and settings.ml is None:
        yield Problem(
            "serving", "needs ml, whose workspace the cluster is attached to; add ml or remove serving"
        )


def _link_needs_ml(settings: PlatformSettings) -> Iterator[Problem]:
    if settings.databricks and settings.databricks.link_ml_workspace and settings.ml is None:
        yield Problem(
            "databricks.link_ml_workspace", "is true and there is no ml to link; set it to false or add ml"
        )


def _databricks_needs_ml(settings: PlatformSettings) -> Iterator[Problem]:
    """Parts of Databricks that lead to Azure ML, and jobs that could not sign in to it."""
    databricks = settings.databricks
    if databricks is None:
        return
    if settings.ml is None:
        if databricks.model_registry is ModelRegistry.AZUREML:
            yield Problem(
                "databricks.model_registry",
                "is azureml and there is no ml; add ml, or set it to unity_catalog",
            )
        for key in ("linked_compute", "ml_tracking"):
            if getattr(databricks, key) is not None:
                yield Problem(
                    f"databricks.{key}", "leads to Azure ML and there is no ml; remove it or add ml"
                )
        for key, scope in databricks.secret_scopes.items():
            if scope.key_vault_resource_id is None:
                yield Problem(
                    f"databricks.secret_scopes.{key}.key_vault_resource_id",
                    "is missing, and there is no ml whose vault would serve; give a vault's id",
                )
    elif (
        databricks.jobs and databricks.ml_tracking is None and databricks.content is DatabricksContent.MANAGED
    ):
        yield Problem(
            "databricks.ml_tracking",
            "is missing, and jobs would wait for a device login to Azure ML; give secret_scope and secret_name",
        )


def _databricks_grantees(settings: PlatformSettings) -> Iterator[Problem]:
    if settings.databricks:
        yield from grantees.problems(settings.databricks, settings.access, settings.environment.kind)


def _serverless_reaches_data(settings: PlatformSettings) -> Iterator[Problem]:
    """Serverless compute stands in Databricks' own network."""
    databricks = settings.databricks
    if databricks is None or not isinstance(settings.network, PrivateNetwork):
        return
    way = databricks.network_connectivity
    if way is not None:
        if way.configuration_id is None and not way.private_endpoints:
            yield Problem(
                "databricks.network_connectivity.private_endpoints",
                "is empty in private mode, where storage is reached through one only; name what serverless compute "
                "reads, a lake by its groups blob and dfs",
            )
        return
    serverless = [key for key, warehouse in databricks.sql_warehouses.items() if warehouse.serverless]
    paths = [f"sql_warehouses.{key}.serverless" for key in serverless]
    paths += [f"serving_endpoints.{key}" for key in databricks.serving_endpoints]
    for path in paths:
        yield Problem(
            f"databricks.{path}",
            "runs outside the private network; give databricks.network_connectivity, or do without",
        )


def _one_databricks_application(settings: PlatformSettings) -> Iterator[Problem]:
    """The tenant has one AzureDatabricks; two areas need its object id."""
    databricks, encryption = settings.databricks, settings.encryption
    if databricks is None:
        return
    ids = {databricks.databricks_application_object_id, encryption.databricks_application_object_id}
    if len(ids - {None}) > 1:
        yield Problem(
            "databricks.databricks_application_object_id",
            "differs from encryption.databricks_application_object_id; it is one application, give one id",
        )


def _instances_need_network(settings: PlatformSettings) -> Iterator[Problem]:
    if settings.ml is None or settings.ml.workspace.managed_network is not ManagedNetworkIsolation.DISABLED:
        return
    if settings.ml.compute_instances or settings.ml.training_clusters:
        yield Problem(
            "ml.workspace.managed_network",
            "is Disabled, and compute without public IPs needs a network; give AllowInternetOutbound",
        )


def _private_is_reachable(settings: PlatformSettings) -> Iterator[Problem]:
    """Somebody must be able to deploy into a private platform, and to use it."""
    network, databricks = settings.network, settings.databricks
    if not isinstance(network, PrivateNetwork) or network.hub or network.existing:
        return
    if databricks and (databricks.front_end_ip_ranges or databricks.content is DatabricksContent.DEFERRED):
        return
    yield Problem(
        "network.hub",
        "is missing, and nobody could reach the platform; give hub or existing, or "
        "databricks.front_end_ip_ranges, or databricks.content: deferred for a second up from inside",
    )


def _private_parts(settings: PlatformSettings) -> Iterator[Problem]:
    if not isinstance(settings.network, PrivateNetwork):
        if settings.databricks and settings.databricks.front_end_ip_ranges:
            yield Problem("databricks.front_end_ip_ranges", "belongs to network.mode: private; remove it")
        return
    if settings.databricks and settings.databricks.link_ml_workspace:
        yield Problem(
            "databricks.link_ml_workspace",
            "is true in private mode, where Azure ML does not support dual tracking; set it to false",
        )
    if settings.ml:
        yield from _private_ml(settings.ml)


def _private_ml(ml: MachineLearning) -> Iterator[Problem]:
    registry = ml.workspace.container_registry
    if registry.existing_resource_id is None and registry.sku is not ContainerRegistrySku.PREMIUM:
        yield Problem(
            "ml.workspace.container_registry.sku", f"is {registry.sku}; private endpoints need Premium"
        )
    if ml.workspace.image_build_cluster is None:
        yield Problem(
            "ml.workspace.image_build_cluster",
            "is missing; a private registry's own tasks cannot build images: name a training cluster that does",
        )


def _encrypted_services_exist(settings: PlatformSettings) -> Iterator[Problem]:
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


def _address_ranges_apart(settings: PlatformSettings) -> Iterator[Problem]:
    """Pods and services must not answer for addresses of the network or its hub."""
    if settings.serving is None or not isinstance(settings.network, PrivateNetwork):
        return
    cluster = settings.serving.cluster
    hub = settings.network.hub.address_space if settings.network.hub else []
    taken = [(text, "the network's") for text in (settings.network.address_space,) if text]
    taken += [(text, "the hub's") for text in hub]
    for key, text in (
        ("service_address_range", cluster.service_address_range),
        ("pod_address_range", cluster.pod_address_range),
    ):
        for other, whose in taken:
            if ipaddress.ip_network(text).overlaps(ipaddress.ip_network(other)):
                yield Problem(
                    f"serving.cluster.{key}", f"{text} overlaps with {whose} {other}; give a range apart"
                )


def _prod_is_closed(settings: PlatformSettings) -> Iterator[Problem]:
    if settings.environment.kind is EnvironmentKind.NONPROD or not isinstance(
        settings.network, PublicNetwork
    ):
        return
    if not settings.network.allowed_ip_ranges:
        yield Problem(
            "network.allowed_ip_ranges",
            "is empty in a prod environment; list who may call, or use mode: private",
        )


def _ephemeral_keeps_nothing(settings: PlatformSettings) -> Iterator[Problem]:
    """What would stop `pulumi destroy` was asked for by name, in an environment that comes and goes."""
    if settings.environment.ephemeral is None:
        return
    for key in ("protected", "locks", "notebook_backup"):
        if key in settings.recovery.model_fields_set and getattr(settings.recovery, key):
            yield Problem(
                f"recovery.{key}",
                "is true, and environment.ephemeral says that this environment goes; remove one of the two",
            )


def _zones_of_the_region(settings: PlatformSettings) -> Iterator[Problem]:
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
    if settings.serving and settings.serving.cluster.availability_zones:
        zonal.append(("serving.cluster.availability_zones", "[]"))
    if not region.has_availability_zones:
        for path, instead in zonal:
            yield Problem(path, f"needs availability zones, which {location} does not have; give {instead}")
    if "G" in redundancy and region.paired_region is None:
        yield Problem(
            "ml.workspace.storage_account.redundancy",
            f"copies to a paired region, and {location} has none; give Standard_ZRS or Standard_LRS",
        )


CROSS_CHECKS: tuple[CrossCheck, ...] = (
    CrossCheck(("serving", "ml"), _serving_needs_ml),
    CrossCheck(("databricks", "ml"), _link_needs_ml),
    CrossCheck(("databricks", "ml"), _databricks_needs_ml),
    CrossCheck(("databricks", "access", "environment"), _databricks_grantees),
    CrossCheck(("databricks", "network"), _serverless_reaches_data),
    CrossCheck(("databricks", "encryption"), _one_databricks_application),
    CrossCheck(("ml",), _instances_need_network),
    CrossCheck(("network", "databricks"), _private_is_reachable),
    CrossCheck(("network", "databricks", "ml"), _private_parts),
    CrossCheck(
        ("encryption", "lake", "ml", "databricks", "data_factory", "synapse"), _encrypted_services_exist
    ),
    CrossCheck(("network", "serving"), _address_ranges_apart),
    CrossCheck(("network", "environment"), _prod_is_closed),
    CrossCheck(("azure", "ml", "serving"), _zones_of_the_region),
    CrossCheck(("environment", "recovery"), _ephemeral_keeps_nothing),
    CrossCheck(("ml", "environment"), ml_cross_checks.housekeeping_fits),
    CrossCheck(("ml", "monitoring"), ml_cross_checks.retraining_schedule_exists),
    CrossCheck(("databricks", "network", "monitoring"), ml_cross_checks.retraining_reaches_databricks),
    CrossCheck(("observability", "monitoring"), ml_cross_checks.retraining_sees_its_alert),
    CrossCheck(("ml", "serving", "monitoring"), ml_cross_checks.monitored_deployments_exist),
    CrossCheck(("ml", "network"), ml_cross_checks.purge_task_reaches_registry),
    CrossCheck(("ml", "serving"), ml_cross_checks.batch_clusters_exist),
    CrossCheck(("ml", "serving"), ml_cross_checks.deployment_environments_exist),
    CrossCheck(("serving",), ml_cross_checks.endpoint_names_differ),
    CrossCheck(("serving", "network", "environment"), ml_cross_checks.container_groups_fit),
    CrossCheck(("environment", "azure", "ml"), name_problems("ml")),
    CrossCheck(("environment", "azure", "databricks"), name_problems("databricks")),
    CrossCheck(("environment", "azure", "serving"), name_problems("serving")),
    CrossCheck(("environment", "azure", "monitoring"), name_problems("monitoring")),
    CrossCheck(("environment", "azure", "data_factory"), name_problems("data_factory")),
    CrossCheck(("environment", "azure", "synapse"), name_problems("synapse")),
    CrossCheck(("environment", "azure", "apps"), name_problems("apps")),
    CrossCheck(("environment", "azure"), name_problems("environment")),
    CrossCheck(("azure", "lake"), data_cross_checks.lake_fits_the_region),
    CrossCheck(("sources", "ml"), data_cross_checks.sources_have_their_secrets),
    CrossCheck(("data_factory", "lake", "sources"), data_cross_checks.datasets_lie_somewhere),
    CrossCheck(("data_factory", "databricks", "serving"), data_cross_checks.activities_name_what_there_is),
    CrossCheck(("data_factory", "environment"), data_cross_checks.authors_work_in_nonprod),
    CrossCheck(("synapse", "lake", "access"), synapse_cross_checks.synapse_reads_the_lake),
    CrossCheck(
        ("synapse", "environment", "azure", "data_factory", "ml", "lake", "databricks"),
        synapse_cross_checks.pools_fit,
    ),
    CrossCheck(("promotion", "azure", "environment"), operating_cross_checks.registry_fits),
    CrossCheck(("promotion", "databricks", "ml"), operating_cross_checks.promoted_models_are_registered),
    CrossCheck(("apps", "network", "environment", "ml", "serving"), operating_cross_checks.apps_fit),
    CrossCheck(
        ("access", "databricks", "ml", "monitoring"), operating_cross_checks.workloads_find_what_they_use
    ),
    CrossCheck(("data_factory", "synapse"), data_cross_checks.pipeline_names_differ),
    CrossCheck(("data_factory", "databricks"), trigger_cross_checks.awaited_windows_exist),
    CrossCheck(("lake", "synapse", "databricks"), lake_cross_checks.landing_folders_hold_no_tables),
    CrossCheck(("lake", "databricks"), lake_cross_checks.immutable_zones_are_only_read),
    CrossCheck(("lake", "databricks"), data_cross_checks.locations_lie_in_zones),
    CrossCheck(("lake", "ml"), ingest_cross_checks.datastores_lie_in_zones),
    CrossCheck(("lake", "databricks"), ingest_cross_checks.job_parameters_are_filled),
    CrossCheck(("data_factory", "synapse"), ingest_cross_checks.views_are_there),
    CrossCheck(("environment", "tags", "databricks"), tag_problems),
)
