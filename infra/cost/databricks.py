"""What Databricks costs: machines, which Azure bills in the managed group, and Databricks units beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.sql_warehouses import WAREHOUSE_CLUSTERS, WAREHOUSE_WORKER
from azure_facts.vm_sizes import vm_size
from infra.cost.prices import DAYS, HOURS, Line, Part, Prices, counted_as_0, line, machines
from infra.settings.cost import Cost
from infra.settings.databricks import Databricks
from infra.settings.databricks.called_jobs import called_by
from infra.settings.databricks.clusters import Cluster
from infra.settings.databricks.jobs import Job
from infra.settings.databricks.warehouses import SqlWarehouse
from infra.settings.platform import PlatformSettings

SERVING_UNITS: Mapping[str, float] = {"Small": 4, "Medium": 16, "Large": 64}
"""Workload size to Databricks units an hour: one for each request at a time that it takes
(learn.microsoft.com databricks machine-learning/model-serving/create-manage-serving-endpoints)."""


BUSY_CORES = 0.8
"""Share of the workers' cores that work, since the tasks of a stage end at different times (docs/workload.md)."""


def databricks_lines(settings: PlatformSettings, prices: Prices) -> Iterator[Line]:
    """Jobs, clusters, warehouses and model serving, each as long as settings assume that it runs."""
    databricks, cost = settings.databricks, settings.cost
    if databricks is None:
        return
    for key, pool in databricks.pools.items():
        # Its machines in use are those of the clusters that take them.
        yield machines(f"pool {key}, idle", pool.node_type, pool.min_idle_instances, HOURS, prices)
    for key, job in databricks.jobs.items():
        yield from _job(key, job, databricks, cost, prices)
    for key, cluster in databricks.clusters.items():
        hours = cost.cluster_hours.get(key)
        if hours is None:
            size, nodes = _size(cluster, databricks)
            yield counted_as_0(f"cluster {key}", f"{nodes:g} x {size}", f"cost.cluster_hours.{key}")
        else:
            yield from _cluster(f"cluster {key}", cluster, databricks, hours, "all_purpose", prices)
    yield from _pipelines(settings, databricks, prices)
    for key, warehouse in databricks.sql_warehouses.items():
        hours = cost.warehouse_hours.get(key)
        if hours is None:
            yield counted_as_0(
                f"SQL warehouse {key}",
                f"{warehouse.min_clusters} x {warehouse.size}",
                f"cost.warehouse_hours.{key}",
            )
        else:
            yield _warehouse(key, warehouse, hours, prices)
    yield from _model_serving(databricks, cost, prices)


def _pipelines(settings: PlatformSettings, databricks: Databricks, prices: Prices) -> Iterator[Line]:
    """The job cluster of the data factory's activities."""
    factory, minutes = settings.data_factory, settings.cost.activity_minutes_per_day
    cluster = factory.activity_cluster if factory else None
    pool = databricks.pools.get(cluster.pool) if cluster else None
    if not cluster or not pool:
        return
    item, nodes = "pipelines' cluster", cluster.workers + 1
    if minutes:
        yield from _nodes(item, pool.node_type, nodes, minutes * DAYS / 60, "jobs", prices)
    else:
        yield counted_as_0(item, f"{nodes} x {pool.node_type}", "cost.activity_minutes_per_day")


def _model_serving(databricks: Databricks, cost: Cost, prices: Prices) -> Iterator[Line]:
    for key, endpoint in databricks.serving_endpoints.items():
        for model, served in endpoint.models.items():
            item = f"model serving {key}, {model}"
            hours = cost.serving_hours.get(key, None if served.scale_to_zero else HOURS)
            if hours is None:
                yield counted_as_0(item, served.size, f"cost.serving_hours.{key}")
            else:
                yield line(
                    item,
                    f"{served.size} x {hours:g} h",
                    prices,
                    Part(SERVING_UNITS[served.size] * hours, "databricks_unit", "model_serving"),
                )


def _job(key: str, job: Job, databricks: Databricks, cost: Cost, prices: Prices) -> Iterator[Line]:
    """A line or two for each cluster; a job without one runs on a warehouse, or runs other jobs."""
    hours = job_hours(key, databricks, cost)
    for cluster_key, cluster in job.clusters.items():
        name = f"job {key}" if len(job.clusters) == 1 else f"job {key}, {cluster_key}"
        if hours is None:
            size, nodes = _size(cluster, databricks)
            yield counted_as_0(name, f"{nodes:g} x {size}", f"cost.job_runs_per_day.{key}")
        else:
            yield from _cluster(name, cluster, databricks, hours, "jobs", prices)


def job_hours(key: str, databricks: Databricks, cost: Cost) -> float | None:
    """A month; None where neither settings nor a trigger say how often it runs."""
    runs = runs_per_day(key, databricks.jobs, cost)
    if runs or key in cost.job_runs_per_day:
        return runs * DAYS * run_minutes(key, databricks, cost) / 60
    trigger = databricks.jobs[key].trigger
    if trigger and trigger.continuous:
        return 0 if trigger.continuous.paused else HOURS
    return None


def run_minutes(key: str, databricks: Databricks, cost: Cost) -> float:
    """Of one run: as settings say, from its work and its workers' cores, or its timeout."""
    job, work = databricks.jobs[key], cost.job_work.get(key)
    if work is None:
        return cost.job_minutes.get(key, job.timeout_minutes)
    (cluster,) = job.clusters.values()
    size = vm_size(cluster.size_in(databricks.pools))
    if size is None:
        raise ValueError(f"cost.job_work.{key}: its cluster's size has no known number of cores")
    cores = size.vcpus * (cluster.most_workers or 1)
    return work.fixed_minutes + work.core_minutes / (cores * BUSY_CORES)


def runs_per_day(key: str, jobs: Mapping[str, Job], cost: Cost) -> float:
    """As settings say; else one where its own schedule is on, and one for each run of a job that runs it."""
    if key in cost.job_runs_per_day:
        return cost.job_runs_per_day[key]
    trigger = jobs[key].trigger
    own = 1 if trigger and trigger.schedule and not trigger.schedule.paused else 0
    callers = (caller for caller, job in jobs.items() for called in called_by(job).values() if called == key)
    return own + sum(runs_per_day(caller, jobs, cost) for caller in callers)


def _cluster(
    name: str, cluster: Cluster, databricks: Databricks, hours: float, workload: str, prices: Prices
) -> Iterator[Line]:
    size, nodes = _size(cluster, databricks)
    yield from _nodes(name, size, nodes, hours, workload, prices)


def _size(cluster: Cluster, databricks: Databricks) -> tuple[str, float]:
    """Node type, and machines at most. The driver is one too; of a single node it is the only one."""
    return cluster.size_in(databricks.pools), cluster.most_workers + 1


def _nodes(name: str, size: str, nodes: float, hours: float, workload: str, prices: Prices) -> Iterator[Line]:
    """The machines, and the Databricks units of their workload."""
    yield machines(f"{name}, machines", size, nodes, hours, prices)
    kind, how = "databricks_units_of", f"{nodes:g} nodes x {hours:g} h, {workload} compute"
    units = prices.of(kind, size)
    if units is None:
        yield Line(f"{name}, Databricks units", how, None, (f"{kind}.{size}",))
        return
    yield line(
        f"{name}, Databricks units", how, prices, Part(nodes * hours * units, "databricks_unit", workload)
    )


def _warehouse(key: str, settings: SqlWarehouse, hours: float, prices: Prices) -> Line:
    cluster = WAREHOUSE_CLUSTERS[settings.size]
    clusters = settings.min_clusters
    how = f"{clusters} x {settings.size} x {hours:g} h"
    if settings.serverless:
        return line(
            f"SQL warehouse {key}",
            f"{how}, serverless",
            prices,
            Part(clusters * hours * cluster.units_per_hour, "databricks_unit", "sql_serverless"),
        )
    return line(
        f"SQL warehouse {key}",
        f"{how}, with its {cluster.workers + 1} machines",
        prices,
        Part(clusters * hours * cluster.units_per_hour, "databricks_unit", "sql_pro"),
        Part(clusters * hours, "vm", cluster.driver),
        Part(clusters * hours * cluster.workers, "vm", WAREHOUSE_WORKER),
    )
