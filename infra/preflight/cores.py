"""Which nodes a stack asks for when everything runs at its most, read from its settings."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.quotas import (
    DatabricksCluster,
    Nodes,
    databricks_cluster,
    databricks_pool,
    managed_deployment,
    sql_warehouse,
)
from infra.settings.databricks.workspace import Databricks
from infra.settings.ml import MachineLearning
from infra.settings.ml_compute import ClusterPriority
from infra.settings.platform import PlatformSettings
from infra.settings.serving import Serving
from infra.settings.serving_endpoints import RunsOn


def nodes_at_most(settings: PlatformSettings) -> Iterator[Nodes]:
    """Machines that a pool gives are counted with the pool."""
    if settings.ml:
        yield from _of_machine_learning(settings.ml)
    if settings.serving:
        yield from _of_serving(settings.serving)
    if settings.databricks:
        yield from _of_databricks(settings.databricks)


def _of_machine_learning(ml: MachineLearning) -> Iterator[Nodes]:
    for instance in ml.compute_instances.values():
        yield Nodes(instance.vm_size, 1, 1, machine_learning=True)
    for cluster in ml.training_clusters.values():
        low = cluster.priority is ClusterPriority.LOW_PRIORITY
        yield Nodes(cluster.vm_size, 0, cluster.max_nodes, machine_learning=True, spot=low)


def _of_serving(serving: Serving) -> Iterator[Nodes]:
    aks = serving.cluster
    if aks:
        yield Nodes(aks.system_pool.vm_size, aks.system_pool.nodes, aks.system_pool.nodes)
        for pool in (aks.scoring_pool, *aks.pools.values()):
            yield Nodes(pool.vm_size, pool.min_nodes, pool.max_nodes)
    for endpoint in serving.endpoints.values():
        if endpoint.runs_on is RunsOn.MANAGED:
            for deployment in endpoint.deployments.values():
                yield managed_deployment(
                    deployment.instance_type, deployment.min_instances, deployment.max_instances
                )


def _of_databricks(databricks: Databricks) -> Iterator[Nodes]:
    for pool in databricks.pools.values():
        yield databricks_pool(pool.node_type, pool.min_idle_instances, pool.max_capacity, pool.availability)
    job_clusters = [cluster for job in databricks.jobs.values() for cluster in job.clusters.values()]
    for cluster in (*databricks.clusters.values(), *job_clusters):
        own = cluster.node_type or ""
        yield from databricks_cluster(DatabricksCluster(own, own, cluster.most_workers, cluster.availability))
    for warehouse in databricks.sql_warehouses.values():
        if not warehouse.serverless:
            yield from sql_warehouse(warehouse.size, warehouse.max_clusters)
