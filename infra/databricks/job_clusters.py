"""The cluster that a run makes for itself and takes down again."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi_databricks

from infra.databricks.cluster_parts import ClusterParts, ClusterSurroundings, init_script_field
from infra.settings.databricks.clusters import Cluster


def job_cluster(
    settings: Cluster, around: ClusterSurroundings, tags: Mapping[str, str]
) -> pulumi_databricks.JobJobClusterNewClusterArgs:
    """Libraries cannot stand here, only on tasks."""
    parts = ClusterParts.of(settings, around, tags)
    return pulumi_databricks.JobJobClusterNewClusterArgs(
        spark_version=settings.runtime,
        policy_id=parts.policy_id,
        instance_pool_id=parts.pool_id,
        driver_instance_pool_id=parts.pool_id,
        node_type_id=parts.node_type,
        azure_attributes=(
            pulumi_databricks.JobJobClusterNewClusterAzureAttributesArgs(
                availability=parts.availability, first_on_demand=1, spot_bid_max_price=parts.bid_price
            )
            if parts.availability
            else None
        ),
        num_workers=settings.workers,
        autoscale=(
            pulumi_databricks.JobJobClusterNewClusterAutoscaleArgs(
                min_workers=settings.autoscale.min_workers, max_workers=settings.autoscale.max_workers
            )
            if settings.autoscale
            else None
        ),
        data_security_mode=parts.data_security_mode,
        spark_conf=parts.spark_conf or None,
        spark_env_vars=parts.environment or None,
        init_scripts=[_init_script(path) for path in settings.init_scripts] or None,
        cluster_log_conf=_log_conf(settings.log_destination),
        custom_tags=parts.tags,
    )


def _init_script(path: str) -> pulumi_databricks.JobJobClusterNewClusterInitScriptArgs:
    kind = init_script_field(path)
    if kind == "volumes":
        return pulumi_databricks.JobJobClusterNewClusterInitScriptArgs(
            volumes=pulumi_databricks.JobJobClusterNewClusterInitScriptVolumesArgs(destination=path)
        )
    if kind == "abfss":
        return pulumi_databricks.JobJobClusterNewClusterInitScriptArgs(
            abfss=pulumi_databricks.JobJobClusterNewClusterInitScriptAbfssArgs(destination=path)
        )
    return pulumi_databricks.JobJobClusterNewClusterInitScriptArgs(
        workspace=pulumi_databricks.JobJobClusterNewClusterInitScriptWorkspaceArgs(destination=path)
    )


def _log_conf(
    destination: str | None,
) -> pulumi_databricks.JobJobClusterNewClusterClusterLogConfArgs | None:
    if destination is None:
        return None
    if destination.startswith("/Volumes/"):
        return pulumi_databricks.JobJobClusterNewClusterClusterLogConfArgs(
            volumes=pulumi_databricks.JobJobClusterNewClusterClusterLogConfVolumesArgs(
                destination=destination
            )
        )
    return pulumi_databricks.JobJobClusterNewClusterClusterLogConfArgs(
        dbfs=pulumi_databricks.JobJobClusterNewClusterClusterLogConfDbfsArgs(destination=destination)
    )
