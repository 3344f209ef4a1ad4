"""What the areas of data need of each other and of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.regions import REGIONS
from infra.settings.base import Problem
from infra.settings.data_factory import ActivityCluster
from infra.settings.databricks import Databricks
from infra.settings.databricks.policies import ClusterKind
from infra.settings.databricks.references import cluster_fits
from infra.settings.environment import EnvironmentKind
from infra.settings.lake import zone_named
from infra.settings.messages import absent
from infra.settings.platform import PlatformSettings
from infra.settings.sources import SourceKind
from infra.settings.synapse import step_name

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
    """Secrets of sources are kept in the platform's Key Vault, which belongs to the ML workspace."""
    for key, source in settings.sources.items():
        if key in RESERVED_SOURCES:
            yield Problem(
                f"sources.{key}", "is the name of a linked service that this stack makes; give another key"
            )
        if settings.ml is None and (source.password_secret or source.connection_secret):
            yield Problem(
                f"sources.{key}",
                "names a secret, which the Key Vault of ml would hold, and there is no ml; add ml",
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
        yield Problem(path, f"'{key}' is not a linked service; give a key of sources (there: {have})")
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
        yield from _activity_cluster_fits(cluster, managed)
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


def _activity_cluster_fits(cluster: ActivityCluster, databricks: Databricks) -> Iterator[Problem]:
    """Data Factory asks for it at each run, as a job does."""
    policy, pool = databricks.cluster_policies.get(cluster.policy), databricks.pools.get(cluster.pool)
    yield from cluster_fits(
        "data_factory.activity_cluster",
        cluster.as_cluster(),
        ClusterKind.JOB,
        policy.resolve() if policy else None,
        pool,
    )


def _named(path: str, key: str, where: str, there: Mapping[str, object]) -> Iterator[Problem]:
    if key not in there:
        yield Problem(path, absent(key, where, there))


def authors_work_in_nonprod(settings: PlatformSettings) -> Iterator[Problem]:
    """Nobody edits pipelines by hand in prod."""
    factory = settings.data_factory
    if factory and factory.git and settings.environment.kind is EnvironmentKind.PROD:
        yield Problem(
            "data_factory.git", "is given in a prod environment, where nobody edits pipelines; remove it"
        )


def pipeline_names_differ(settings: PlatformSettings) -> Iterator[Problem]:
    """A trigger's name is its pipeline's key and its own: two pairs may say the same. Pausing and starting a
    dedicated pool is a pipeline with a trigger of the same name."""
    pipelines = settings.data_factory.pipelines if settings.data_factory else {}
    made = {
        step_name(step, key): f"synapse.dedicated_pools.{key}.pause"
        for key, pool in (settings.synapse.dedicated_pools.items() if settings.synapse else ())
        if pool.pause
        for step, _ in pool.pause.steps()
    }
    seen = dict(made)
    for key, pipeline in pipelines.items():
        if key in made:
            yield Problem(
                f"data_factory.pipelines.{key}",
                f"has the name of what {made[key]} makes; give it another key",
            )
        for trigger in pipeline.triggers:
            path = f"data_factory.pipelines.{key}.triggers.{trigger}"
            other = seen.setdefault(f"{key}-{trigger}", path)
            if other != path:
                yield Problem(path, f"has the name of {other}; give one of them another key")
