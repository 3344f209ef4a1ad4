"""Every name that settings decide, tried before anything is deployed.

A key of a map becomes part of a resource's name; a key that no legal name can hold is refused with its path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from azure_facts.tags import dns_zone_tag_problem
from azure_facts.unity_catalog_names import reserved_catalog_problem
from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming, NamingError
from infra.conventions.tags import TagError, build_tags, component_tags, databricks_tags
from infra.settings.base import Problem
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings

NamedKeys = tuple[str, ResourceKind, Iterable[str]]

FIXED_NAMES = (
    ResourceKind.RESOURCE_GROUP,
    ResourceKind.ML_WORKSPACE,
    ResourceKind.DATABRICKS_WORKSPACE,
    ResourceKind.AKS_CLUSTER,
    ResourceKind.KEY_VAULT,
    ResourceKind.STORAGE_ACCOUNT,
    ResourceKind.DATA_LAKE,
    ResourceKind.LOG_ANALYTICS,
)
"""Names made of workload and environment alone: a word that Azure reserves shows in all of them."""


def _named_keys(area: str, settings: PlatformSettings) -> Iterator[NamedKeys]:
    ml, databricks, serving = settings.ml, settings.databricks, settings.serving
    if area == "monitoring" and settings.monitoring:
        yield "monitoring.availability_tests", ResourceKind.WEB_TEST, settings.monitoring.availability_tests
        yield "monitoring.model_monitors", ResourceKind.ML_ASSET, settings.monitoring.model_monitors
    if area == "ml" and ml:
        yield "ml.compute_instances", ResourceKind.ML_COMPUTE_INSTANCE, ml.compute_instances
        yield "ml.training_clusters", ResourceKind.ML_COMPUTE_CLUSTER, ml.training_clusters
        yield "ml.datastores", ResourceKind.ML_DATASTORE, ml.datastores
        for path, assets in (
            ("ml.data_assets", ml.data_assets),
            ("ml.environments", ml.environments),
            ("ml.schedules", ml.schedules),
        ):
            yield path, ResourceKind.ML_ASSET, assets
    if area == "databricks" and databricks:
        yield "databricks.cluster_policies", ResourceKind.DATABRICKS_OBJECT, databricks.cluster_policies
        yield "databricks.pools", ResourceKind.DATABRICKS_OBJECT, databricks.pools
        yield "databricks.jobs", ResourceKind.DATABRICKS_OBJECT, databricks.jobs
        yield "databricks.clusters", ResourceKind.DATABRICKS_OBJECT, databricks.clusters
        yield "databricks.sql_warehouses", ResourceKind.DATABRICKS_OBJECT, databricks.sql_warehouses
        yield "databricks.experiments", ResourceKind.DATABRICKS_OBJECT, databricks.experiments
        yield "databricks.secret_scopes", ResourceKind.DATABRICKS_OBJECT, databricks.secret_scopes
        yield "databricks.git_credentials", ResourceKind.DATABRICKS_OBJECT, databricks.git_credentials
        yield (
            "databricks.notification_destinations",
            ResourceKind.DATABRICKS_OBJECT,
            databricks.notification_destinations,
        )
        yield (
            "databricks.serving_endpoints",
            ResourceKind.DATABRICKS_SERVING_ENDPOINT,
            databricks.serving_endpoints,
        )
        catalog = databricks.unity_catalog
        if catalog:
            path = "databricks.unity_catalog"
            yield f"{path}.catalogs", ResourceKind.UNITY_CATALOG_OBJECT, catalog.catalogs
            yield f"{path}.external_locations", ResourceKind.UNITY_CATALOG_OBJECT, catalog.external_locations
    if area == "serving" and serving:
        yield "serving.endpoints", ResourceKind.ML_ONLINE_ENDPOINT, serving.endpoints
        yield "serving.batch_endpoints", ResourceKind.ML_BATCH_ENDPOINT, serving.batch_endpoints
        for area_key, endpoints in (
            ("endpoints", serving.endpoints),
            ("batch_endpoints", serving.batch_endpoints),
        ):
            for key, endpoint in endpoints.items():
                yield (
                    f"serving.{area_key}.{key}.deployments",
                    ResourceKind.ML_DEPLOYMENT,
                    endpoint.deployments,
                )
        yield "serving.container_groups", ResourceKind.CONTAINER_GROUP, serving.container_groups
        if serving.cluster:
            yield "serving.cluster.pools", ResourceKind.AKS_NODE_POOL, serving.cluster.pools

    yield from _data_keys(area, settings)


def _data_keys(area: str, settings: PlatformSettings) -> Iterator[NamedKeys]:
    if area == "data_factory" and settings.data_factory:
        factory = settings.data_factory
        yield "data_factory.datasets", ResourceKind.DATA_FACTORY_OBJECT, factory.datasets
        yield "data_factory.pipelines", ResourceKind.DATA_FACTORY_OBJECT, factory.pipelines
    if area == "synapse" and settings.synapse:
        yield "synapse.dedicated_pools", ResourceKind.SYNAPSE_SQL_POOL, settings.synapse.dedicated_pools
        yield "synapse.spark_pools", ResourceKind.SYNAPSE_SPARK_POOL, settings.synapse.spark_pools
    if area == "apps" and settings.apps:
        yield "apps.apps", ResourceKind.CONTAINER_APP, settings.apps.apps
        yield "apps.ai_services", ResourceKind.AI_SERVICES, settings.apps.ai_services


def naming_of(settings: PlatformSettings) -> Naming:
    """The stack's names. Raises `NamingError` for an environment whose parts make no name."""
    return Naming(
        workload=settings.environment.workload,
        environment=settings.environment.name,
        location=settings.azure.location,
        unique_seed=settings.azure.subscription_id,
        nonce=settings.environment.nonce,
    )


def name_problems(area: str) -> Callable[[PlatformSettings], Iterator[Problem]]:
    """The cross-check of one area's names; `environment` covers those without a key."""

    def check(settings: PlatformSettings) -> Iterator[Problem]:
        try:
            naming = naming_of(settings)
        except NamingError:
            return  # told by Environment.check
        if area == "environment":
            for kind in FIXED_NAMES:
                try:
                    naming.name(kind)
                except NamingError as error:
                    yield Problem("environment.workload", str(error))
                    return
        for path, kind, keys in _named_keys(area, settings):
            for key in keys:
                try:
                    naming.name(kind, key)
                except NamingError as error:
                    yield Problem(f"{path}.{key}", str(error))

    return check


def catalog_problems(settings: PlatformSettings) -> Iterator[Problem]:
    """A catalog's name begins with the workload's, which may be a beginning that Databricks keeps for itself."""
    catalog = settings.databricks.unity_catalog if settings.databricks else None
    try:
        naming = naming_of(settings)
        names = (
            [naming.name(ResourceKind.UNITY_CATALOG_OBJECT, key) for key in catalog.catalogs]
            if catalog
            else []
        )
    except NamingError:
        return  # told by name_problems
    for name in names:
        if problem := reserved_catalog_problem(name):
            yield Problem("environment.workload", f"names the catalog {name}, which {problem}")


def tag_problems(settings: PlatformSettings) -> Iterator[Problem]:
    """Databricks allows fewer tags and keeps some keys for itself."""
    if settings.databricks is None:
        return
    try:
        tags: Mapping[str, str] = build_tags(
            workload=settings.environment.workload,
            environment=settings.environment.name,
            owner=settings.tags.owner,
            cost_center=settings.tags.cost_center,
            data_classification=settings.tags.data_classification,
            extra=settings.tags.extra,
        )
        databricks_tags(component_tags(tags, "databricks-cluster-policies"))
    except TagError as error:
        yield Problem("tags.extra", str(error))


def dns_tag_problems(settings: PlatformSettings) -> Iterator[Problem]:
    """Private DNS zones, where the stack makes some, carry the stack's tags: those of private links, unless a hub has
    them, and those of the API server and the router, which no hub has."""
    network = settings.network
    if not isinstance(network, PrivateNetwork):
        return
    serving = settings.serving
    own_names = (
        serving is not None
        and serving.cluster is not None
        and (
            (network.hub is not None and serving.cluster.api_server_zone)
            or serving.router.address is not None
        )
    )
    if network.private_dns_zones.resource_group_id is None or own_names:
        for name in settings.tags.extra:
            if problem := dns_zone_tag_problem(name):
                yield Problem("tags.extra", problem)
