"""How many vCPUs a stack asks of which quota when everything runs at its most: pure functions of the settings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from infra.conventions.vm_sizes import quota_family, vm_shape
from infra.settings.databricks.clusters import ClusterAvailability, PoolAvailability
from infra.settings.databricks.warehouses import WarehouseSize
from infra.settings.databricks.workspace import Databricks
from infra.settings.ml import MachineLearning
from infra.settings.ml_compute import ClusterPriority
from infra.settings.platform import PlatformSettings
from infra.settings.serving import Serving
from infra.settings.serving_endpoints import RunsOn

TOTAL = "cores"
"""All families of a region together, as `az vm list-usage` names it."""

SPOT = "lowPriorityCores"
"""Spot machines of all families; they count to no family and not to the total
(learn.microsoft.com quotas/spot-quota)."""

_NO_RESERVE = frozenset(
    {
        "Standard_NC24ads_A100_v4",
        "Standard_NC48ads_A100_v4",
        "Standard_NC96ads_A100_v4",
        "Standard_ND96asr_v4",
        "Standard_ND96amsr_A100_v4",
        "Standard_ND40rs_v2",
    }
)
_RESERVE = 1.2
"""A managed deployment needs quota for a fifth more than it runs on, but for these sizes
(learn.microsoft.com machine-learning/how-to-manage-quotas)."""

_WORKER = "Standard_E8ds_v4"
_WAREHOUSES: Mapping[WarehouseSize, tuple[str, int]] = MappingProxyType(
    {
        WarehouseSize.XX_SMALL: ("Standard_E8ds_v4", 1),
        WarehouseSize.X_SMALL: ("Standard_E8ds_v4", 2),
        WarehouseSize.SMALL: ("Standard_E16ds_v4", 4),
        WarehouseSize.MEDIUM: ("Standard_E32ds_v4", 8),
        WarehouseSize.LARGE: ("Standard_E32ds_v4", 16),
        WarehouseSize.X_LARGE: ("Standard_E64ds_v4", 32),
        WarehouseSize.XX_LARGE: ("Standard_E64ds_v4", 64),
        WarehouseSize.XXX_LARGE: ("Standard_E64ds_v4", 128),
        WarehouseSize.XXXX_LARGE: ("Standard_E64ds_v4", 256),
    }
)
"""Driver and number of workers (learn.microsoft.com databricks/compute/sql-warehouse/warehouse-behavior)."""


@dataclass(frozen=True)
class Cores:
    """vCPUs of one quota: a family, `TOTAL` or `SPOT`. Azure ML counts on its own
    (learn.microsoft.com machine-learning/how-to-manage-quotas)."""

    machine_learning: bool
    family: str
    most: int


@dataclass(frozen=True)
class _Nodes:
    machine_learning: bool
    size: str
    count: int
    spot: bool = False


def cores(settings: PlatformSettings) -> tuple[Cores, ...]:
    """The vCPUs to ask for, by quota. Machines that a pool gives are counted with the pool."""
    totals: dict[tuple[bool, str], int] = {}
    for nodes in _nodes(settings):
        shape, family = vm_shape(nodes.size), quota_family(nodes.size)
        if shape is None or family is None:
            continue
        for quota in (SPOT,) if nodes.spot else (family, TOTAL):
            key = (nodes.machine_learning, quota)
            totals[key] = totals.get(key, 0) + nodes.count * shape.vcpus
    return tuple(Cores(*key, most) for key, most in sorted(totals.items()) if most)


def _nodes(settings: PlatformSettings) -> Iterator[_Nodes]:
    if settings.ml:
        yield from _of_machine_learning(settings.ml)
    if settings.serving:
        yield from _of_serving(settings.serving)
    if settings.databricks:
        yield from _of_databricks(settings.databricks)


def _of_machine_learning(ml: MachineLearning) -> Iterator[_Nodes]:
    for instance in ml.compute_instances.values():
        yield _Nodes(machine_learning=True, size=instance.vm_size, count=1)
    for cluster in ml.training_clusters.values():
        low = cluster.priority is ClusterPriority.LOW_PRIORITY
        yield _Nodes(machine_learning=True, size=cluster.vm_size, count=cluster.max_nodes, spot=low)


def _of_serving(serving: Serving) -> Iterator[_Nodes]:
    aks = serving.cluster
    yield _Nodes(machine_learning=False, size=aks.system_pool.vm_size, count=aks.system_pool.nodes)
    for pool in (aks.scoring_pool, *aks.pools.values()):
        yield _Nodes(machine_learning=False, size=pool.vm_size, count=pool.max_nodes)
    for endpoint in serving.endpoints.values():
        if endpoint.runs_on is RunsOn.MANAGED:
            for deployment in endpoint.deployments.values():
                size, most = deployment.instance_type, deployment.max_instances
                count = most if size in _NO_RESERVE else math.ceil(most * _RESERVE)
                yield _Nodes(machine_learning=True, size=size, count=count)


def _of_databricks(databricks: Databricks) -> Iterator[_Nodes]:
    for pool in databricks.pools.values():
        spot = pool.availability is PoolAvailability.SPOT
        yield _Nodes(machine_learning=False, size=pool.node_type, count=pool.max_capacity, spot=spot)
    job_clusters = [cluster for job in databricks.jobs.values() for cluster in job.clusters.values()]
    for cluster in (*databricks.clusters.values(), *job_clusters):
        size, workers = cluster.node_type, cluster.most_workers
        if size is None:
            continue
        # The driver is a node too, and never a spot machine.
        yield _Nodes(machine_learning=False, size=size, count=1)
        if cluster.availability is not ClusterAvailability.ON_DEMAND:
            yield _Nodes(machine_learning=False, size=size, count=workers, spot=True)
        if cluster.availability is not ClusterAvailability.SPOT:
            yield _Nodes(machine_learning=False, size=size, count=workers)
    for warehouse in databricks.sql_warehouses.values():
        if not warehouse.serverless:
            driver, workers = _WAREHOUSES[warehouse.size]
            yield _Nodes(machine_learning=False, size=driver, count=warehouse.max_clusters)
            yield _Nodes(machine_learning=False, size=_WORKER, count=workers * warehouse.max_clusters)
