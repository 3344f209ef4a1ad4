"""What the areas of data need of each other and of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from infra.conventions.regions import REGIONS
from infra.settings.access import PrincipalType
from infra.settings.base import Problem
from infra.settings.environment import EnvironmentKind
from infra.settings.lake import zone_named
from infra.settings.messages import absent
from infra.settings.platform import PlatformSettings
from infra.settings.sources import SourceKind
from infra.settings.synapse import DedicatedPool

RESERVED_SOURCES = ("lake", "key-vault", "databricks", "synapse")
"""Linked services that follow from the stack."""


def lake_fits_the_region(settings: PlatformSettings) -> Iterator[Problem]:
    """Zones and a pair are the region's."""
    lake = settings.lake
    if lake is None or lake.existing_resource_id:
        return
    location = settings.azure.location
    region = REGIONS[location]
    if "ZRS" in lake.redundancy and not region.has_availability_zones:
        yield Problem(
            "lake.redundancy",
            f"needs availability zones, which {location} does not have; give Standard_LRS or Standard_GRS",
        )
    if "G" in lake.redundancy and region.paired_region is None:
        yield Problem(
            "lake.redundancy",
            f"copies to a paired region, and {location} has none; give Standard_ZRS or Standard_LRS",
        )


def locations_lie_in_zones(settings: PlatformSettings) -> Iterator[Problem]:
    """An external location that names a zone names one that there is."""
    catalog = settings.databricks and settings.databricks.unity_catalog
    if not catalog:
        return
    zones = settings.lake.zones if settings.lake else {}
    for key, location in catalog.external_locations.items():
        if location.zone:
            path = f"databricks.unity_catalog.external_locations.{key}.zone"
            yield from zone_named(zones, location.zone, path)


def sources_have_their_secrets(settings: PlatformSettings) -> Iterator[Problem]:
    """Secrets of sources are kept in the platform's Key Vault, which stands under the ML workspace."""
    for key, source in settings.sources.items():
        if key in RESERVED_SOURCES:
            yield Problem(
                f"sources.{key}", "is the name of a linked service that this stack makes; give another key"
            )
        if settings.ml is None and (source.password_secret or source.connection_secret):
            yield Problem(
                f"sources.{key}", "names a secret, and there is no ml, whose Key Vault holds it; add ml"
            )


def datasets_lie_somewhere(settings: PlatformSettings) -> Iterator[Problem]:
    """Zones and sources that datasets and triggers name are there."""
    factory = settings.data_factory
    if factory is None:
        return
    zones = settings.lake.zones if settings.lake else {}
    for key, dataset in factory.datasets.items():
        path = f"data_factory.datasets.{key}"
        if dataset.zone:
            yield from zone_named(zones, dataset.zone, f"{path}.zone")
        if dataset.source:
            yield from _source_named(settings, dataset.source, f"{path}.source")
    for pipeline_key, pipeline in factory.pipelines.items():
        for key, trigger in pipeline.triggers.items():
            if trigger.storage_event:
                path = f"data_factory.pipelines.{pipeline_key}.triggers.{key}.storage_event.zone"
                yield from zone_named(zones, trigger.storage_event.zone, path)


def _source_named(settings: PlatformSettings, key: str, path: str) -> Iterator[Problem]:
    source = settings.sources.get(key)
    if source is None:
        have = ", ".join(sorted(settings.sources)) or "none"
        yield Problem(path, f"'{key}' is no linked service: it is not in sources (there: {have})")
    elif source.kind is SourceKind.EVENT_HUBS:
        yield Problem(
            path, f"'{key}' is a stream of Event Hubs, which Databricks jobs read; it has no tables"
        )


def activities_name_what_there_is(settings: PlatformSettings) -> Iterator[Problem]:
    """Jobs, git folders, pools, policies and endpoints that pipelines name are there."""
    factory = settings.data_factory
    if factory is None:
        return
    # With deferred content the pipelines wait for the second deployment; their names are checked all the same.
    managed = settings.databricks
    cluster = factory.activity_cluster
    if cluster and managed:
        yield from _named(
            "data_factory.activity_cluster.pool", cluster.pool, "databricks.pools", managed.pools
        )
        yield from _named(
            "data_factory.activity_cluster.policy",
            cluster.policy,
            "databricks.cluster_policies",
            managed.cluster_policies,
        )
    for pipeline_key, pipeline in factory.pipelines.items():
        for key, activity in pipeline.activities.items():
            path = f"data_factory.pipelines.{pipeline_key}.activities.{key}"
            if (activity.needs_cluster or activity.databricks_job) and managed is None:
                yield Problem(path, "runs on Databricks, and this stack makes nothing there; add databricks")
            elif managed and activity.databricks_job:
                yield from _named(
                    f"{path}.databricks_job", activity.databricks_job, "databricks.jobs", managed.jobs
                )
            elif managed and activity.notebook:
                folder = activity.notebook.git_folder
                yield from _named(
                    f"{path}.notebook.git_folder", folder, "databricks.git_folders", managed.git_folders
                )
            if activity.batch_endpoint:
                endpoints = settings.serving.batch_endpoints if settings.serving else {}
                yield from _named(
                    f"{path}.batch_endpoint", activity.batch_endpoint, "serving.batch_endpoints", endpoints
                )


def _named(path: str, key: str, where: str, there: Mapping[str, object]) -> Iterator[Problem]:
    if key not in there:
        yield Problem(path, absent(key, where, there))


def authors_work_in_nonprod(settings: PlatformSettings) -> Iterator[Problem]:
    """In prod nobody draws pipelines."""
    factory = settings.data_factory
    if factory and factory.git and settings.environment.kind is EnvironmentKind.PROD:
        yield Problem("data_factory.git", "is given in a prod environment, where nobody authors; remove it")


def trigger_names_differ(settings: PlatformSettings) -> Iterator[Problem]:
    """A trigger's name is its pipeline's key and its own: two pairs may say the same."""
    seen: dict[str, str] = {}
    for key, pipeline in settings.data_factory.pipelines.items() if settings.data_factory else ():
        for trigger in pipeline.triggers:
            path = f"data_factory.pipelines.{key}.triggers.{trigger}"
            other = seen.setdefault(f"{key}-{trigger}", path)
            if other != path:
                yield Problem(path, f"has the name of {other}; give one of them another key")


def synapse_reads_the_lake(settings: PlatformSettings) -> Iterator[Problem]:
    """The workspace stands on the lake's account, and its views on zones."""
    synapse, lake = settings.synapse, settings.lake
    if synapse is None:
        return
    if lake is None:
        yield Problem(
            "synapse", "needs lake, on whose account it keeps its files; add lake or remove synapse"
        )
        return
    if synapse.workspace_zone in lake.zones:
        yield Problem(
            "synapse.workspace_zone",
            f"'{synapse.workspace_zone}' is a zone of the lake; the workspace's own files need a filesystem of "
            "their own",
        )
    for name, view in synapse.views.items():
        yield from zone_named(lake.zones, view.zone, f"synapse.views.{name}.zone")
    administrator = settings.access.personas.get(synapse.sql_administrator)
    if administrator is None:
        yield Problem("synapse.sql_administrator", "is not in access.personas; name one that is")
    elif administrator.principal_type is not PrincipalType.GROUP:
        yield Problem("synapse.sql_administrator", "is one service principal; give a persona that is a group")


def pools_fit(settings: PlatformSettings) -> Iterator[Problem]:
    """A pool that bills by the hour is paused in nonprod, by the data factory; Spark is attached to a workspace."""
    if settings.synapse is None:
        return
    for key, pool in settings.synapse.dedicated_pools.items():
        path = f"synapse.dedicated_pools.{key}.pause"
        if pool.pause is None and settings.environment.kind is EnvironmentKind.NONPROD:
            yield Problem(
                path,
                "is missing in a nonprod environment, where the pool would bill day and night; give at, time_zone "
                "and start",
            )
        if pool.pause and settings.data_factory is None:
            yield Problem(path, "needs data_factory, whose pipeline pauses the pool; add data_factory")
        if pool.geo_backup and REGIONS[settings.azure.location].paired_region is None:
            yield Problem(
                f"synapse.dedicated_pools.{key}.geo_backup",
                f"copies to a paired region, and {settings.azure.location} has none; set it to false",
            )
        yield from _writer_and_staging(settings, key, pool)
    for key, pool in settings.synapse.spark_pools.items():
        if pool.attach_to_ml and settings.ml is None:
            yield Problem(
                f"synapse.spark_pools.{key}.attach_to_ml", "is true and there is no ml; set it to false"
            )


def _writer_and_staging(settings: PlatformSettings, key: str, pool: DedicatedPool) -> Iterator[Problem]:
    """What Databricks needs to write to a dedicated pool, which its connector does by files in the lake."""
    path = f"synapse.dedicated_pools.{key}"
    if settings.databricks and pool.writer is None:
        yield Problem(
            f"{path}.writer",
            "is missing; batch scoring on Databricks writes to the pool as an application that SQL knows by its "
            "display name only (az ad sp show --id ID --query displayName)",
        )
    lake, staging = settings.lake, pool.staging
    if lake is None:
        return
    zone = lake.zones.get(staging.zone)
    if zone is None:
        yield from zone_named(lake.zones, staging.zone, f"{path}.staging.zone")
    elif lake.existing_resource_id is None and (
        staging.folder not in zone.landing_folders or not zone.delete_landing_after_days
    ):
        yield Problem(
            f"{path}.staging.folder",
            f"'{staging.folder}' is not in lake.zones.{staging.zone}.landing_folders, so nothing would clear it; name "
            "it there, with delete_landing_after_days",
        )
