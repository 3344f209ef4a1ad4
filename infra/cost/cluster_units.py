"""Clusters that need more Databricks units an hour than their policy allows.

Databricks refuses such a cluster. Units of a node are in the price file alone, rounded, so this warns.
"""

from __future__ import annotations

from collections.abc import Iterator

from infra.cost.prices import Prices
from infra.settings.base import PROJECT
from infra.settings.databricks import Databricks
from infra.settings.databricks.clusters import Cluster
from infra.settings.platform import PlatformSettings


def clusters_above_their_policy(settings: PlatformSettings, prices: Prices) -> Iterator[str]:
    """One line each, with its config key."""
    databricks = settings.databricks
    if databricks is None:
        return
    for path, cluster in _clusters(settings, databricks):
        policy = databricks.cluster_policies[cluster.policy].resolve()
        size = cluster.size_in(databricks.pools)
        each = prices.of("databricks_units_of", size)
        # The driver is a machine too.
        needed = (cluster.most_workers + 1) * (each or 0)
        if needed > policy.max_dbu_per_hour:
            yield (
                f"{PROJECT}:{path}: {cluster.most_workers + 1} x {size} take about {needed:g} Databricks units an "
                f"hour (infra/cost/prices.yaml), and the policy '{cluster.policy}' allows "
                f"{policy.max_dbu_per_hour:g}, above which Databricks refuses a cluster; make it smaller, or allow more"
            )


def _clusters(settings: PlatformSettings, databricks: Databricks) -> Iterator[tuple[str, Cluster]]:
    for key, cluster in databricks.clusters.items():
        yield f"databricks.clusters.{key}", cluster
    for job_key, job in databricks.jobs.items():
        for key, cluster in job.clusters.items():
            yield f"databricks.jobs.{job_key}.clusters.{key}", cluster
    activities = settings.data_factory and settings.data_factory.activity_cluster
    if activities:
        yield "data_factory.activity_cluster", activities.as_cluster()
