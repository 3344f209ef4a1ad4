"""Data that is declared right and may still not flow: what the stack cannot know, said before somebody waits for it."""

from __future__ import annotations

from collections.abc import Iterator

from infra.settings.base import Problem
from infra.settings.ml import ManagedNetworkIsolation
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings


def data_warnings(settings: PlatformSettings) -> Iterator[Problem]:
    """One for each setting that is worth a second look."""
    yield from _activities_without_a_catalog(settings)
    yield from _views_without_a_writer(settings)
    yield from _monitors_before_spark(settings)
    yield from _logs_through_a_given_scope(settings)


def _monitors_before_spark(settings: PlatformSettings) -> Iterator[Problem]:
    """No resource provisions the managed network with Spark: an action does, which the deployment calls."""
    if settings.ml is None or settings.ml.workspace.managed_network is ManagedNetworkIsolation.DISABLED:
        return
    if settings.monitoring and settings.monitoring.model_monitors:
        yield Problem(
            "monitoring.model_monitors",
            "run on serverless Spark, for which the managed network must be provisioned after up: make deploy does it; "
            "after an up by hand, run make provision-spark",
        )


def _logs_through_a_given_scope(settings: PlatformSettings) -> Iterator[Problem]:
    """The agent takes its configuration through the scope, which this stack changes nothing in."""
    cluster = settings.serving.cluster if settings.serving else None
    network = settings.network
    if (
        cluster
        and cluster.container_logs
        and isinstance(network, PrivateNetwork)
        and network.private_link_scope_id
    ):
        yield Problem(
            "serving.cluster.container_logs",
            "collect nothing before the owner of network.private_link_scope_id adds this stack's data collection "
            "endpoint (dce-*) to the scope, beside its Log Analytics workspace",
        )


def _activities_without_a_catalog(settings: PlatformSettings) -> Iterator[Problem]:
    """A notebook, Python or JAR activity runs as the owner of its cluster: the factory's identity, to which
    this stack grants nothing in Unity Catalog."""
    databricks = settings.databricks
    if settings.data_factory is None or databricks is None or databricks.unity_catalog is None:
        return
    for pipeline_key, pipeline in settings.data_factory.pipelines.items():
        for key, activity in pipeline.activities.items():
            if activity.needs_cluster:
                yield Problem(
                    f"data_factory.pipelines.{pipeline_key}.activities.{key}",
                    "runs as the data factory's identity, which may open no table, volume or location of Unity "
                    "Catalog; make it a job and give databricks_job, which runs as the jobs' principal",
                )


def _views_without_a_writer(settings: PlatformSettings) -> Iterator[Problem]:
    """A view of Synapse reads a folder in which something of this stack makes a table."""
    if settings.synapse is None:
        return
    made, named = _table_folders(settings), _job_parameters(settings)
    for key, view in settings.synapse.views.items():
        folder = f"{view.zone}/{view.folder}"
        word = f"{{zone.{view.zone}}}/{view.folder}"
        if folder not in made and not any(word in text for text in named):
            yield Problem(
                f"synapse.views.{key}",
                f"reads {folder}, where no table of databricks.unity_catalog lies (external_location and path) and "
                f"which no job is told ({word} in its parameters); the view fails until something writes there",
            )


def _table_folders(settings: PlatformSettings) -> set[str]:
    catalog = settings.databricks and settings.databricks.unity_catalog
    if not catalog:
        return set()
    tables = [
        (catalog.external_locations[table.external_location], table.path)
        for item in catalog.catalogs.values()
        for schema in item.schemas.values()
        for table in schema.tables.values()
        if table.external_location
    ]
    return {
        "/".join(part for part in (location.zone, location.path, path) if part)
        for location, path in tables
        if location.zone
    }


def _job_parameters(settings: PlatformSettings) -> list[str]:
    jobs = settings.databricks.jobs.values() if settings.databricks else ()
    return [text for job in jobs for text in job.parameters.values()]
