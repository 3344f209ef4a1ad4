"""What data costs: the lake, pipelines, logs, Synapse; and the apps on top."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from infra.cost.prices import DAYS, HOURS, Line, Part, Prices, counted_as_0, line
from infra.cost.serving import container_line
from infra.settings.data_factory import DataFactory
from infra.settings.platform import PlatformSettings
from infra.settings.synapse import SparkNodeSize, Synapse
from infra.settings.triggers import Recurrence, Trigger

SPARK_CORES: Mapping[SparkNodeSize, int] = {
    SparkNodeSize.SMALL: 4,
    SparkNodeSize.MEDIUM: 8,
    SparkNodeSize.LARGE: 16,
    SparkNodeSize.X_LARGE: 32,
    SparkNodeSize.XX_LARGE: 64,
}
"""learn.microsoft.com synapse-analytics spark/apache-spark-pool-configurations"""

_RUNS_A_DAY: Mapping[Recurrence, float] = {
    Recurrence.MINUTE: 24 * 60,
    Recurrence.HOUR: 24,
    Recurrence.DAY: 1,
    Recurrence.WEEK: 1 / 7,
    Recurrence.MONTH: 1 / 30,
}
FREE_DAYS = 31
"""Log Analytics keeps them without charge (azure.microsoft.com pricing/details/monitor)."""


def data_lines(settings: PlatformSettings, prices: Prices) -> Iterator[Line]:
    """In the way that data takes."""
    lake, cost = settings.lake, settings.cost
    if lake and lake.existing_resource_id is None:
        yield line(
            "lake",
            f"{cost.lake_gb:g} GB, {lake.redundancy}",
            prices,
            Part(cost.lake_gb, "storage", lake.redundancy),
        )
        if backup := settings.recovery.lake_backup:
            yield line(
                "backup of the lake",
                f"{cost.lake_gb:g} GB, {backup.redundancy}, each change kept {backup.retention_days} days",
                prices,
                Part(
                    cost.lake_gb * (1 + cost.lake_daily_change * backup.retention_days),
                    "backup_storage",
                    backup.redundancy,
                ),
            )
    if settings.data_factory:
        yield from _data_factory(settings.data_factory, cost.copy_unit_hours_per_day, prices)
    if settings.synapse:
        yield from _synapse(settings, settings.synapse, prices)


def _data_factory(factory: DataFactory, copy_hours: float, prices: Prices) -> Iterator[Line]:
    runs = DAYS * sum(
        len(pipeline.activities) * sum(_runs_a_day(trigger) for trigger in pipeline.triggers.values())
        for pipeline in factory.pipelines.values()
    )
    if runs or copy_hours:
        yield line(
            "data factory",
            f"{runs:g} activities, {copy_hours * DAYS:g} h of copying units",
            prices,
            Part(runs / 1000, "data_factory", "thousand_activities"),
            Part(copy_hours * DAYS, "data_factory", "copy_unit_hour"),
        )


def _runs_a_day(trigger: Trigger) -> float:
    """A storage event's runs follow from what arrives: one a day is assumed."""
    if not trigger.running:
        return 0
    if trigger.tumbling_window:
        return 24 * 60 / trigger.tumbling_window.every_minutes
    if trigger.schedule:
        times = max(1, len(trigger.schedule.at))
        return times * _RUNS_A_DAY[trigger.schedule.every] / trigger.schedule.interval
    return 1


def _synapse(settings: PlatformSettings, synapse: Synapse, prices: Prices) -> Iterator[Line]:
    cost = settings.cost
    read = min(cost.serverless_terabytes, synapse.monthly_terabytes or cost.serverless_terabytes)
    yield line("serverless SQL", f"{read:g} TB read", prices, Part(read, "synapse", "serverless_tb"))
    for key, pool in synapse.dedicated_pools.items():
        hours = cost.pool_hours if pool.pause else HOURS
        units = int(pool.size.removeprefix("DW").removesuffix("c")) / 100
        kept = cost.pool_terabytes
        parts = [
            Part(units * hours, "synapse", "dwu100_hour"),
            # Also while it is paused.
            Part(kept, "synapse", "storage_tb"),
        ]
        parts += [Part(kept, "synapse", "geo_backup_tb")] if pool.geo_backup else []
        yield line(f"dedicated SQL pool {key}", f"{pool.size} x {hours:g} h, {kept:g} TB", prices, *parts)
    for key, pool in synapse.spark_pools.items():
        cores = SPARK_CORES[pool.node_size] * pool.max_nodes
        item, what = f"Spark pool {key}", f"{pool.max_nodes} x {pool.node_size} ({cores} vCore)"
        hours = cost.spark_pool_hours.get(key)
        if hours is None:
            yield counted_as_0(item, what, f"cost.spark_pool_hours.{key}")
        else:
            vcore_hours = Part(cores * hours, "synapse", "spark_vcore_hour")
            yield line(item, f"{what} x {hours:g} h", prices, vcore_hours)


def log_lines(settings: PlatformSettings, prices: Prices) -> Iterator[Line]:
    """What the environment's Log Analytics workspace takes in and keeps; a given one is billed to its owner."""
    logs = settings.observability.log_analytics
    if logs.existing_resource_id is not None:
        return
    daily = settings.cost.logs_gb_per_day
    if logs.daily_quota_gb is not None:
        daily = min(daily, logs.daily_quota_gb)
    monthly = daily * DAYS
    kept = monthly * max(0, logs.retention_days - FREE_DAYS) / DAYS
    yield line(
        "logs",
        f"{daily:g} GB a day, kept {logs.retention_days} days",
        prices,
        Part(monthly, "logs", "ingestion"),
        Part(kept, "logs", "retention"),
    )


def app_lines(settings: PlatformSettings, prices: Prices) -> Iterator[Line]:
    """Container apps cost while they serve; the containers of AI services run all month."""
    if settings.apps is None:
        return
    hours = settings.cost.app_hours
    for key, app in settings.apps.apps.items():
        yield line(
            f"app {key}",
            f"{app.cpu:g} vCPU, {2 * app.cpu:g} GiB x {hours:g} h",
            prices,
            Part(app.cpu * hours * 3600, "container_apps", "vcpu_second"),
            Part(2 * app.cpu * hours * 3600, "container_apps", "gib_second"),
        )
    for key, service in settings.apps.ai_services.items():
        yield container_line(f"AI service {key}, container", service.cpu, service.memory_gb, prices)
