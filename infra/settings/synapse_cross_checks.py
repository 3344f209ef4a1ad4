"""What Synapse needs of the other areas."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.regions import REGIONS
from infra.settings.access import PrincipalType
from infra.settings.base import Problem
from infra.settings.environment import EnvironmentKind
from infra.settings.lake import zone_named
from infra.settings.platform import PlatformSettings
from infra.settings.synapse import DedicatedPool


def synapse_reads_the_lake(settings: PlatformSettings) -> Iterator[Problem]:
    """The workspace uses the lake's account, and its views use zones."""
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
        path = f"synapse.spark_pools.{key}.attach_to_ml"
        if pool.attach_to_ml and settings.ml is None:
            yield Problem(path, "is true and there is no ml; set it to false")
        elif pool.attach_to_ml and settings.synapse.prevent_exfiltration:
            # learn.microsoft.com machine-learning how-to-private-endpoint-integration-synapse
            yield Problem(
                path,
                "is true, and Azure ML does not support Synapse workspaces that prevent exfiltration; set it to false, "
                "or synapse.prevent_exfiltration to false before the first deployment (later: with another "
                "synapse.generation)",
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
