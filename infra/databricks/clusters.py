"""Interactive clusters: named ones that people attach to."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.cluster_parts import ClusterParts, ClusterSurroundings, init_script_field, libraries
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.settings.databricks.clusters import InteractiveCluster


class Clusters(WorkspaceContent):
    """Owns the clusters and who may attach to them. Does not own those that people make under a policy."""

    def __init__(
        self,
        settings: Mapping[str, InteractiveCluster],
        around: ClusterSurroundings,
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:Clusters", "databricks-clusters", workspace, context, opts)
        self.clusters = {
            key: self._cluster(key, cluster, around, groups) for key, cluster in settings.items()
        }
        self.register_outputs({"clusters": sorted(settings)})

    def _cluster(
        self, key: str, settings: InteractiveCluster, around: ClusterSurroundings, groups: Groups
    ) -> pulumi_databricks.Cluster:
        parts = ClusterParts.of(settings, around, self.databricks_tags)
        cluster = pulumi_databricks.Cluster(
            f"databricks-cluster-{key}",
            cluster_name=self.object_name(key),
            spark_version=settings.runtime,
            policy_id=parts.policy_id,
            instance_pool_id=parts.pool_id,
            driver_instance_pool_id=parts.pool_id,
            node_type_id=parts.node_type,
            azure_attributes=(
                pulumi_databricks.ClusterAzureAttributesArgs(
                    availability=parts.availability, first_on_demand=1, spot_bid_max_price=parts.bid_price
                )
                if parts.availability
                else None
            ),
            num_workers=settings.workers,
            autoscale=(
                pulumi_databricks.ClusterAutoscaleArgs(
                    min_workers=settings.autoscale.min_workers, max_workers=settings.autoscale.max_workers
                )
                if settings.autoscale
                else None
            ),
            autotermination_minutes=settings.auto_termination_minutes,
            data_security_mode=parts.data_security_mode,
            single_user_name=settings.single_user,
            spark_conf=parts.spark_conf,
            spark_env_vars=parts.environment,
            init_scripts=[_init_script(path) for path in settings.init_scripts] or None,
            cluster_log_conf=_log_conf(settings.log_destination),
            libraries=[
                _library(kind, text) for kind, text in libraries(settings.libraries, around.tracking.packages)
            ],
            custom_tags=parts.tags,
            # Creating one starts it, and `up` would wait for its machines.
            no_wait=True,
            opts=self.content(),
        )
        if settings.permissions:
            pulumi_databricks.Permissions(
                f"databricks-cluster-{key}-permissions",
                cluster_id=cluster.id,
                access_controls=groups.entries(settings.permissions),
                opts=self.content(),
            )
        return cluster


def _init_script(path: str) -> pulumi_databricks.ClusterInitScriptArgs:
    kind = init_script_field(path)
    if kind == "volumes":
        return pulumi_databricks.ClusterInitScriptArgs(
            volumes=pulumi_databricks.ClusterInitScriptVolumesArgs(destination=path)
        )
    if kind == "abfss":
        return pulumi_databricks.ClusterInitScriptArgs(
            abfss=pulumi_databricks.ClusterInitScriptAbfssArgs(destination=path)
        )
    return pulumi_databricks.ClusterInitScriptArgs(
        workspace=pulumi_databricks.ClusterInitScriptWorkspaceArgs(destination=path)
    )


def _log_conf(destination: str | None) -> pulumi_databricks.ClusterClusterLogConfArgs | None:
    if destination is None:
        return None
    if destination.startswith("/Volumes/"):
        return pulumi_databricks.ClusterClusterLogConfArgs(
            volumes=pulumi_databricks.ClusterClusterLogConfVolumesArgs(destination=destination)
        )
    return pulumi_databricks.ClusterClusterLogConfArgs(
        dbfs=pulumi_databricks.ClusterClusterLogConfDbfsArgs(destination=destination)
    )


def _library(kind: str, text: str) -> pulumi_databricks.ClusterLibraryArgs:
    if kind == "pypi":
        return pulumi_databricks.ClusterLibraryArgs(
            pypi=pulumi_databricks.ClusterLibraryPypiArgs(package=text)
        )
    if kind == "maven":
        return pulumi_databricks.ClusterLibraryArgs(
            maven=pulumi_databricks.ClusterLibraryMavenArgs(coordinates=text)
        )
    if kind == "cran":
        return pulumi_databricks.ClusterLibraryArgs(
            cran=pulumi_databricks.ClusterLibraryCranArgs(package=text)
        )
    if kind == "whl":
        return pulumi_databricks.ClusterLibraryArgs(whl=text)
    if kind == "jar":
        return pulumi_databricks.ClusterLibraryArgs(jar=text)
    return pulumi_databricks.ClusterLibraryArgs(requirements=text)
