"""Instance pools: machines kept ready."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.groups import Groups
from infra.databricks.workspace import Workspace
from infra.settings.databricks.clusters import InstancePool, PoolAvailability


class Pools(WorkspaceContent):
    """Owns the pools and who may draw from them. Does not own clusters.

    Databricks cannot change later: node type, availability, preloaded runtime.
    """

    def __init__(
        self,
        settings: Mapping[str, InstancePool],
        groups: Groups,
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:Pools", "databricks-pools", workspace, context, opts)
        self.pools = {key: self._pool(key, pool, groups) for key, pool in settings.items()}
        self.register_outputs({"pools": sorted(settings)})

    def _pool(self, key: str, settings: InstancePool, groups: Groups) -> pulumi_databricks.InstancePool:
        pool = pulumi_databricks.InstancePool(
            f"databricks-pool-{key}",
            instance_pool_name=self.object_name(key),
            node_type_id=settings.node_type,
            min_idle_instances=settings.min_idle_instances,
            max_capacity=settings.max_capacity,
            idle_instance_autotermination_minutes=settings.idle_minutes_before_termination,
            enable_elastic_disk=True,
            preloaded_spark_versions=[settings.preloaded_runtime] if settings.preloaded_runtime else None,
            azure_attributes=pulumi_databricks.InstancePoolAzureAttributesArgs(
                availability=settings.availability,
                spot_bid_max_price=-1 if settings.availability is PoolAvailability.SPOT else None,
            ),
            custom_tags=self.databricks_tags,
            opts=self.content(),
        )
        pulumi_databricks.Permissions(
            f"databricks-pool-{key}-permissions",
            instance_pool_id=pool.id,
            access_controls=groups.entries(settings.permissions, jobs="CAN_ATTACH_TO"),
            opts=self.content(),
        )
        return pool
