"""What ingest, and ML's use of the lake, need of each other and of the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from infra.settings.base import Problem
from infra.settings.lake import zone_named
from infra.settings.messages import absent
from infra.settings.ml_data import DatastoreAccess
from infra.settings.platform import PlatformSettings


def datastores_lie_in_zones(settings: PlatformSettings) -> Iterator[Problem]:
    """A datastore that names a zone names one that there is, and writes only where files may change."""
    zones = settings.lake.zones if settings.lake else {}
    for key, datastore in settings.ml.datastores.items() if settings.ml else ():
        if datastore.zone is None:
            continue
        path = f"ml.datastores.{key}"
        yield from zone_named(zones, datastore.zone, f"{path}.zone")
        zone = zones.get(datastore.zone)
        if zone and zone.immutable_days and datastore.access is DatastoreAccess.WRITE:
            yield Problem(
                f"{path}.access",
                f"is write, and files of '{datastore.zone}' cannot be changed for immutable_days "
                f"{zone.immutable_days}; give read",
            )


def job_parameters_are_filled(settings: PlatformSettings) -> Iterator[Problem]:
    """A name in braces in a job's parameter is an existing zone or catalog."""
    databricks = settings.databricks
    if databricks is None:
        return
    zones = settings.lake.zones if settings.lake else {}
    catalogs = databricks.unity_catalog.catalogs if databricks.unity_catalog else {}
    there = {
        "zone": ("lake.zones", zones),
        "catalog": ("databricks.unity_catalog.catalogs", catalogs),
    }
    for job_key, job in databricks.jobs.items():
        for name, text in job.parameters.items():
            for kind, key in re.findall(r"\{(zone|catalog)\.([^}]*)\}", text):
                where, keys = there[kind]
                if key not in keys:
                    yield Problem(f"databricks.jobs.{job_key}.parameters.{name}", absent(key, where, keys))


def views_are_there(settings: PlatformSettings) -> Iterator[Problem]:
    """A pipeline that makes views has views to make."""
    for pipeline_key, pipeline in settings.data_factory.pipelines.items() if settings.data_factory else ():
        for key, activity in pipeline.activities.items():
            if activity.synapse_views and not (settings.synapse and settings.synapse.views):
                yield Problem(
                    f"data_factory.pipelines.{pipeline_key}.activities.{key}.synapse_views",
                    "is true, and synapse.views names no view; add one, or remove the activity",
                )
