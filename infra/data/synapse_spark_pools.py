"""Spark pools of Synapse: the other training engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import machinelearningservices, synapse

from azure_facts.arm_ids import child_id
from infra.access.identity import Identity
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming
from infra.foundation.diagnostics import send_diagnostics
from infra.settings import synapse as settings_of


@dataclass(frozen=True)
class SparkAttachment:
    """Where pools are attached as compute: the ML workspace, and the identity that jobs run as there.

    Without training clusters there is no such identity, and each attachment gets one of its own.
    """

    ml_workspace: Reference
    identity: Identity | None


class SparkPools(Component):
    """Owns the pools and their attachment to the ML workspace. They cost nothing while they are paused.

    Does not own the right of the attachment's identity to a pool: it is Synapse's own role "Synapse Administrator",
    which ARM does not know (`infra.data.synapse_access` writes the commands).
    Libraries come with the session or as packages of the workspace: public package indexes are out of reach where
    exfiltration is prevented (learn.microsoft.com synapse-analytics spark/apache-spark-manage-workspace-packages).
    """

    def __init__(
        self,
        settings: Mapping[str, settings_of.SparkPool],
        workspace: Reference,
        attachment: SparkAttachment | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("data:SparkPools", "synapse-spark-pools", context, opts)
        self.workspace = workspace
        self.pools: Mapping[str, Reference] = {key: self._pool(key, pool) for key, pool in settings.items()}
        for key, pool in settings.items():
            if pool.attach_to_ml and attachment:
                self._attach(key, self.pools[key], attachment)
        self.register_outputs({"pools": {key: pool.name for key, pool in self.pools.items()}})

    def _pool(self, key: str, settings: settings_of.SparkPool) -> Reference:
        context = self.context
        name = context.naming.name(ResourceKind.SYNAPSE_SPARK_POOL, key)
        pool = synapse.BigDataPool(
            f"synapse-spark-pool-{key}",
            big_data_pool_name=name,
            workspace_name=self.workspace.known_name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            spark_version=settings.spark_version,
            node_size=settings.node_size,
            node_size_family=synapse.NodeSizeFamily.MEMORY_OPTIMIZED,
            auto_scale=synapse.AutoScalePropertiesArgs(
                enabled=True, min_node_count=settings.min_nodes, max_node_count=settings.max_nodes
            ),
            auto_pause=synapse.AutoPausePropertiesArgs(
                enabled=True, delay_in_minutes=settings.pause_after_minutes
            ),
            session_level_packages_enabled=True,
            tags=self.tags,
            opts=self.child(custom_timeouts=LONG_TIMEOUTS),
        )
        pool_id = child_id(self.workspace.id, "bigDataPools", name)
        self.verify(pool_id, pool)
        reference = Reference(pool_id, name, (pool,))
        send_diagnostics(self, f"synapse-spark-pool-{key}", reference)
        return reference

    def _attach(self, key: str, pool: Reference, attachment: SparkAttachment) -> None:
        context = self.context
        kinds = machinelearningservices.ManagedServiceIdentityType
        given = attachment.identity
        machinelearningservices.Compute(
            f"synapse-spark-pool-{key}-in-ml",
            compute_name=attached_name(context.naming, key),
            workspace_name=attachment.ml_workspace.known_name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            identity=machinelearningservices.ManagedServiceIdentityArgs(
                type=kinds.USER_ASSIGNED if given else kinds.SYSTEM_ASSIGNED,
                user_assigned_identities=[given.reference.known_id] if given else None,
            ),
            properties=machinelearningservices.SynapseSparkArgs(
                compute_type="SynapseSpark", resource_id=pool.known_id
            ),
            tags=self.tags,
            # Attaching is not idempotent, and a changed tag would send it again.
            opts=self.child(
                ignore_changes=["tags"], immutable=["properties.resourceId"], custom_timeouts=LONG_TIMEOUTS
            ),
        )


def attached_name(naming: Naming, key: str) -> str:
    """Of the compute in the ML workspace, where other kinds of compute may have the same key."""
    return naming.name(ResourceKind.ML_ATTACHED_COMPUTE, f"spark-{key}")
