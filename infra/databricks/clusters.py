"""Interactive clusters: named ones that people attach to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.cluster_parts import ClusterSurroundings, cluster_arguments
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.installed import libraries
from infra.databricks.smoke_tests import SmokeTests
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
        *,
        started_by_jobs: Collection[str] = (),
        smoke_tests: SmokeTests | None = None,
    ) -> None:
        """`started_by_jobs`: keys of those that the jobs' principal may start."""
        super().__init__("databricks:Clusters", "databricks-clusters", workspace, context, opts)
        self._started_by_jobs = started_by_jobs
        self._smoke_tests = smoke_tests
        self.clusters = {
            key: self._cluster(key, cluster, around, groups) for key, cluster in settings.items()
        }
        self.register_outputs({"clusters": sorted(settings)})

    def _cluster(
        self, key: str, settings: InteractiveCluster, around: ClusterSurroundings, groups: Groups
    ) -> pulumi_databricks.Cluster:
        cluster = pulumi_databricks.Cluster(
            f"databricks-cluster-{key}",
            **cluster_arguments(settings, around, self.databricks_tags),
            cluster_name=self.object_name(key),
            autotermination_minutes=settings.auto_termination_minutes,
            single_user_name=settings.single_user,
            spark_conf=around.spark_conf(settings),
            spark_env_vars=around.environment(settings),
            # Its policy installs what tracking needs.
            libraries=list(libraries(settings.libraries, {}, around.tracking.package_index)) or None,
            # Creating one starts it, and `up` would wait for its machines.
            no_wait=True,
            opts=self.content(),
        )
        starts = "CAN_RESTART" if key in self._started_by_jobs else None
        smoke = self._smoke_tests.permissions(key) if self._smoke_tests else []
        if settings.permissions or starts or smoke:
            pulumi_databricks.Permissions(
                f"databricks-cluster-{key}-permissions",
                cluster_id=cluster.id,
                access_controls=[*groups.entries(settings.permissions, jobs=starts), *smoke],
                opts=self.content(),
            )
        return cluster
