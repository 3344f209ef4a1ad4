"""Synapse: serverless SQL over the predictions, and the pools that settings ask for."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import machinelearningservices, storage, synapse

from infra.access.grants import grant_identity
from infra.access.identity_table import Condition, IdentityPurpose
from infra.access.principal import Principal
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.arm_ids import child_id
from infra.conventions.name_rules import ResourceKind
from infra.data.lake import Lake
from infra.data.synapse_views import group_name
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings import synapse as settings_of


@dataclass(frozen=True)
class SqlEndpoints:
    """Host names; they follow from the workspace's name."""

    serverless: str
    dedicated: str


class Synapse(Component):
    """Owns the workspace, its own filesystem, its pools, and what its identity may read.

    Does not own the predictions, nor the views over them: a shipped script makes those, because ARM has no type
    for what is inside a database (`infra.data.synapse_views`). There is no SQL password: logins are Entra's only.
    Data leaves the managed network to approved targets of this tenant alone, which cannot be switched on later.
    Azure cannot change later: name, location, the managed network, the prevention of exfiltration, the login name of
    the first administrator.
    """

    def __init__(
        self,
        settings: settings_of.Synapse,
        lake: Lake,
        ml_workspace: Reference | None,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("data:Synapse", "synapse", context, opts)
        filesystem = self._filesystem(settings.workspace_zone, lake)
        self.name = context.naming.name(ResourceKind.SYNAPSE_WORKSPACE, generation=settings.generation)
        workspace = self._workspace(settings, lake, filesystem)
        workspace_id = context.arm.synapse_workspace_id(self.name)
        self.verify(workspace_id, workspace)
        self.reference = Reference(workspace_id, self.name, (workspace,))
        self.sql = SqlEndpoints(
            f"{self.name}-ondemand.sql.azuresynapse.net", f"{self.name}.sql.azuresynapse.net"
        )
        self.managed_resource_group = context.naming.name(
            ResourceKind.RESOURCE_GROUP, "synapse-managed", generation=settings.generation
        )
        principal = Principal(workspace_id, workspace.identity.apply(_principal_id), "ServicePrincipal")
        self._let_read(settings, lake, filesystem, principal)
        self._administrator(settings)
        self._open_firewall()
        send_diagnostics(self, "synapse", self.reference)
        for part, link in (
            ("synapse-sql", PrivateLink.SYNAPSE_SQL),
            ("synapse-sql-on-demand", PrivateLink.SYNAPSE_SQL_ON_DEMAND),
            ("synapse-dev", PrivateLink.SYNAPSE_DEV),
        ):
            private_endpoint(self, part, self.reference, link)
        self.dedicated_pools: Mapping[str, Reference] = {
            key: self._dedicated(key, pool) for key, pool in settings.dedicated_pools.items()
        }
        for key, pool in settings.spark_pools.items():
            self._spark(key, pool, ml_workspace)
        self.outputs: dict[str, pulumi.Input[object]] = {
            "workspace_id": workspace_id,
            # What Power BI asks for: Azure Synapse Analytics SQL, sign-in with an organisational account.
            "power_bi": {"server": self.sql.serverless, "database": settings.database},
            "dedicated_pools": {
                key: {"server": self.sql.dedicated, "database": pool.name}
                for key, pool in self.dedicated_pools.items()
            },
        }
        self.register_outputs(self.outputs)

    def _filesystem(self, name: str, lake: Lake) -> Reference:
        """The workspace needs a filesystem of its own on an account with a hierarchical namespace."""
        container_id = child_id(lake.account.id, "blobServices", "default", "containers", name)
        container = storage.BlobContainer(
            "synapse-filesystem",
            container_name=name,
            account_name=lake.account.known_name,
            resource_group_name=self.context.resource_group.known_name,
            public_access=storage.PublicAccess.NONE,
            opts=self.stateful_child(),
        )
        self.verify(container_id, container)
        return Reference(container_id, name, (container,))

    def _workspace(
        self, settings: settings_of.Synapse, lake: Lake, filesystem: Reference
    ) -> synapse.Workspace:
        context = self.context
        return synapse.Workspace(
            "synapse",
            workspace_name=self.name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            managed_resource_group_name=context.naming.name(
                ResourceKind.RESOURCE_GROUP, "synapse-managed", generation=settings.generation
            ),
            identity=synapse.ManagedIdentityArgs(type=synapse.ResourceIdentityType.SYSTEM_ASSIGNED),
            default_data_lake_storage=synapse.DataLakeStorageAccountDetailsArgs(
                account_url=lake.account.known_name.apply(
                    lambda name: f"https://{name}.dfs.core.windows.net"
                ),
                filesystem=filesystem.known_name,
                resource_id=lake.account.known_id,
                create_managed_private_endpoint=not context.is_public,
            ),
            azure_ad_only_authentication=True,
            managed_virtual_network="default",
            managed_virtual_network_settings=synapse.ManagedVirtualNetworkSettingsArgs(
                prevent_data_exfiltration=True,
                linked_access_check_on_target_resource=True,
                allowed_aad_tenant_ids_for_linking=[context.azure.tenant_id],
            ),
            public_network_access=context.public_access,
            trusted_service_bypass_enabled=False,
            tags=self.tags,
            opts=self.stateful_child(
                immutable=[
                    "managedVirtualNetwork",
                    "managedVirtualNetworkSettings.preventDataExfiltration",
                    "managedResourceGroupName",
                    "location",
                ],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )

    def _let_read(
        self, settings: settings_of.Synapse, lake: Lake, filesystem: Reference, principal: Principal
    ) -> None:
        read = sorted({view.zone for view in settings.views.values()})
        scopes = [("own", filesystem, Condition.SYNAPSE_OWN_FILES)]
        scopes += [(zone, lake.zones[zone].container, Condition.SYNAPSE_READS) for zone in read]
        for part, scope, condition in scopes:
            grant_identity(
                self,
                IdentityPurpose.SYNAPSE,
                principal,
                AccessScope.DATA_CONTAINER,
                scope,
                {condition},
                part=part,
            )

    def _administrator(self, settings: settings_of.Synapse) -> None:
        persona = settings.sql_administrator
        given = self.context.access.personas[persona]
        synapse.WorkspaceAadAdmin(
            "synapse-administrator",
            workspace_name=self.reference.known_name,
            resource_group_name=self.context.resource_group.known_name,
            administrator_type="ActiveDirectory",
            login=group_name(persona, given, self.context.naming),
            sid=given.object_id,
            tenant_id=self.context.azure.tenant_id,
            opts=self.child(),
        )

    def _open_firewall(self) -> None:
        """Without a rule nobody gets in, the portal's own editor included."""
        for number, text in enumerate(self.context.allowed_ip_ranges, start=1):
            first, last = _bounds(text)
            synapse.IpFirewallRule(
                f"synapse-allowed-{number}",
                workspace_name=self.reference.known_name,
                resource_group_name=self.context.resource_group.known_name,
                rule_name=f"allowed-{number}",
                start_ip_address=first,
                end_ip_address=last,
                opts=self.child(),
            )

    def _dedicated(self, key: str, settings: settings_of.DedicatedPool) -> Reference:
        name = self.context.naming.name(ResourceKind.SYNAPSE_SQL_POOL, key)
        pool = synapse.SqlPool(
            f"synapse-sql-pool-{key}",
            sql_pool_name=name,
            workspace_name=self.reference.known_name,
            resource_group_name=self.context.resource_group.known_name,
            location=self.context.azure.location,
            sku=synapse.SkuArgs(name=settings.size),
            create_mode=synapse.CreateMode.DEFAULT,
            collation="SQL_Latin1_General_CP1_CI_AS",
            tags=self.tags,
            opts=self.stateful_child(immutable=["collation"], custom_timeouts=LONG_TIMEOUTS),
        )
        pool_id = child_id(self.reference.id, "sqlPools", name)
        self.verify(pool_id, pool)
        return Reference(pool_id, name, (pool,))

    def _spark(self, key: str, settings: settings_of.SparkPool, ml_workspace: Reference | None) -> None:
        context = self.context
        name = context.naming.name(ResourceKind.SYNAPSE_SPARK_POOL, key)
        pool = synapse.BigDataPool(
            f"synapse-spark-pool-{key}",
            big_data_pool_name=name,
            workspace_name=self.reference.known_name,
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
        pool_id = child_id(self.reference.id, "bigDataPools", name)
        self.verify(pool_id, pool)
        if settings.attach_to_ml and ml_workspace:
            machinelearningservices.Compute(
                f"synapse-spark-pool-{key}-in-ml",
                compute_name=name,
                workspace_name=ml_workspace.known_name,
                resource_group_name=context.resource_group.known_name,
                location=context.azure.location,
                identity=machinelearningservices.ManagedServiceIdentityArgs(
                    type=machinelearningservices.ManagedServiceIdentityType.SYSTEM_ASSIGNED
                ),
                properties=machinelearningservices.SynapseSparkArgs(
                    compute_type="SynapseSpark",
                    resource_id=Reference(pool_id, name, (pool,)).known_id,
                ),
                tags=self.tags,
                # Attaching is not idempotent, and a changed tag would send it again.
                opts=self.child(
                    ignore_changes=["tags"],
                    immutable=["properties.resourceId"],
                    custom_timeouts=LONG_TIMEOUTS,
                ),
            )


def _bounds(text: str) -> tuple[str, str]:
    """First and last address of a CIDR range."""
    network = ipaddress.IPv4Network(text)
    return str(network[0]), str(network[-1])


def _principal_id(identity: synapse.outputs.ManagedIdentityResponse | None) -> str:
    if identity is None or identity.principal_id is None:
        raise pulumi.RunError("the Synapse workspace came back without an identity")
    return identity.principal_id
