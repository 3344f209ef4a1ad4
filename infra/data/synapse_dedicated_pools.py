"""Dedicated SQL pools: data warehouses that bill by the hour while they are online."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
from pulumi_azure_native import synapse

from azure_facts.arm_ids import child_id
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.synapse_server import deploy_settings
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.lock import lock
from infra.settings import synapse as settings_of


class DedicatedPools(Component):
    """Owns the pools, their encryption at rest, their backups' place and their logs.

    Does not own their pause (`infra.data.pool_pause`), nor users and tables in them: `infra.data.synapse_pool_users`
    writes the script that makes the first.
    Azure cannot change later: a pool's name and collation, and where its backups lie.
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.DedicatedPool],
        workspace: Reference,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("data:DedicatedPools", "synapse-dedicated-pools", context, opts)
        self.workspace = workspace
        self.pools: Mapping[str, Reference] = {key: self._pool(key, pool) for key, pool in settings.items()}
        self.register_outputs({"pools": {key: pool.name for key, pool in self.pools.items()}})

    def _pool(self, key: str, settings: settings_of.DedicatedPool) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.SYNAPSE_SQL_POOL, key)
        kinds = synapse.StorageAccountType
        pool = synapse.SqlPool(
            f"synapse-sql-pool-{key}",
            sql_pool_name=name,
            workspace_name=self.workspace.known_name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            sku=synapse.SkuArgs(name=settings.size),
            create_mode=synapse.CreateMode.DEFAULT,
            collation="SQL_Latin1_General_CP1_CI_AS",
            storage_account_type=kinds.GRS if settings.geo_backup else kinds.LRS,
            tags=self.tags,
            opts=self.stateful_child(
                immutable=["collation", "storageAccountType"], custom_timeouts=LONG_TIMEOUTS
            ),
        )
        pool_id = child_id(self.workspace.id, "sqlPools", name)
        self.verify(pool_id, pool)
        reference = Reference(pool_id, name, (pool,))
        # Off unless said, also under a key of our own (learn.microsoft.com synapse-analytics workspaces-encryption).
        encrypted = synapse.SqlPoolTransparentDataEncryption(
            f"synapse-sql-pool-{key}-encryption",
            sql_pool_name=reference.known_name,
            transparent_data_encryption_name="current",
            workspace_name=self.workspace.known_name,
            resource_group_name=context.resource_group.known_name,
            status=synapse.TransparentDataEncryptionStatus.ENABLED,
            opts=self.child(),
        )
        deploy_settings(
            self,
            f"synapse-sql-pool-{key}-backup",
            reference,
            {"geoBackupPolicies/Default": {"state": "Enabled" if settings.geo_backup else "Disabled"}},
            depends_on=[encrypted],
        )
        lock(self, f"synapse-sql-pool-{key}", reference)
        send_diagnostics(self, f"synapse-sql-pool-{key}", reference)
        return reference
