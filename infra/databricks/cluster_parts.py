"""What job clusters and interactive clusters have in common.

The SDK has a class of its own for the same block in each place. Its dictionaries are told apart by their keys
alone, so a block is written once and taken everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import pulumi
import pulumi_databricks

from infra.databricks.cluster_policies import ClusterPolicies
from infra.databricks.pools import Pools
from infra.databricks.secret_scopes import SecretScopes
from infra.databricks.tracking import Tracking
from infra.settings.databricks.clusters import Cluster, ClusterAvailability, InteractiveCluster

SINGLE_NODE_CONF: Mapping[str, str] = {
    "spark.databricks.cluster.profile": "singleNode",
    "spark.master": "local[*]",
}
"""Without these a cluster of 0 workers waits for a worker for ever (docs.databricks.com clusters API)."""

SINGLE_NODE_TAGS: Mapping[str, str] = {"ResourceClass": "SingleNode"}


@dataclass(frozen=True)
class ClusterSurroundings:
    """What a cluster names by key, and what every cluster carries."""

    policies: ClusterPolicies
    pools: Pools
    tracking: Tracking
    scopes: SecretScopes
    table_properties: Mapping[str, str]
    """Spark configuration of the tables that clusters make."""

    def environment(self, settings: Cluster) -> Mapping[str, pulumi.Input[str]]:
        """Tracking's variables, the cluster's own, and its secrets as references."""
        tracked = self.tracking
        common = tracked.of_people if isinstance(settings, InteractiveCluster) else tracked.of_jobs
        secrets = {
            name: self.scopes.reference(secret.secret_scope, secret.secret_name)
            for name, secret in settings.secrets.items()
        }
        return {**common, **settings.environment, **secrets}

    def spark_conf(self, settings: Cluster) -> Mapping[str, str]:
        """Of a single node, of the tables, and the cluster's own."""
        single = SINGLE_NODE_CONF if settings.is_single_node else {}
        return {**single, **self.table_properties, **settings.spark_conf}


class ClusterArguments(TypedDict):
    """Arguments of an interactive cluster and of a job's; None where a pool decides, or nothing is set."""

    spark_version: str
    policy_id: pulumi.Output[str]
    instance_pool_id: pulumi.Output[str] | None
    driver_instance_pool_id: pulumi.Output[str] | None
    node_type_id: str | None
    azure_attributes: pulumi_databricks.ClusterAzureAttributesArgsDict | None
    num_workers: int | None
    autoscale: pulumi_databricks.ClusterAutoscaleArgsDict | None
    data_security_mode: str
    init_scripts: Sequence[pulumi_databricks.ClusterInitScriptArgsDict] | None
    cluster_log_conf: pulumi_databricks.ClusterClusterLogConfArgsDict | None
    custom_tags: Mapping[str, str]


def cluster_arguments(
    settings: Cluster, around: ClusterSurroundings, tags: Mapping[str, str]
) -> ClusterArguments:
    """Drawn from a pool, so without a node type; or of its own machines, with a driver on demand."""
    pool_id = around.pools.pools[settings.pool].id if settings.pool else None
    return ClusterArguments(
        spark_version=settings.runtime,
        policy_id=around.policies.policies[settings.policy].id,
        instance_pool_id=pool_id,
        driver_instance_pool_id=pool_id,
        node_type_id=settings.node_type,
        azure_attributes=None if settings.pool else _azure_attributes(settings.availability),
        num_workers=settings.workers,
        autoscale=(
            {"min_workers": settings.autoscale.min_workers, "max_workers": settings.autoscale.max_workers}
            if settings.autoscale
            else None
        ),
        data_security_mode=around.policies.data_security_mode(settings.policy),
        init_scripts=[_init_script(path) for path in settings.init_scripts] or None,
        cluster_log_conf=_log_conf(settings.log_destination) if settings.log_destination else None,
        custom_tags={**tags, **(SINGLE_NODE_TAGS if settings.is_single_node else {})},
    )


def _azure_attributes(
    availability: ClusterAvailability,
) -> pulumi_databricks.ClusterAzureAttributesArgsDict:
    attributes: pulumi_databricks.ClusterAzureAttributesArgsDict = {
        "availability": availability,
        "first_on_demand": 1,
    }
    if availability is not ClusterAvailability.ON_DEMAND:
        # -1: up to the price on demand, so never evicted because of the price.
        attributes["spot_bid_max_price"] = -1
    return attributes


def _init_script(path: str) -> pulumi_databricks.ClusterInitScriptArgsDict:
    if path.startswith("/Volumes/"):
        return {"volumes": {"destination": path}}
    if path.startswith("abfss://"):
        return {"abfss": {"destination": path}}
    return {"workspace": {"destination": path}}


def _log_conf(destination: str) -> pulumi_databricks.ClusterClusterLogConfArgsDict:
    if destination.startswith("/Volumes/"):
        return {"volumes": {"destination": destination}}
    return {"dbfs": {"destination": destination}}
