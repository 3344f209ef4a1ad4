"""Synapse: serverless SQL over the predictions, and the pools that settings ask for."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import authorization, storage, synapse

from azure_facts.arm_ids import child_id
from infra.access.grants import grant_identity
from infra.access.identity_purpose import Condition, IdentityPurpose
from infra.access.principal import Principal
from infra.access.table import AccessScope
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.name_rules import ResourceKind
from infra.data.lake import Lake
from infra.data.power_bi import dedicated_connection, serverless_connection
from infra.data.synapse_dedicated_pools import DedicatedPools
from infra.data.synapse_server import secure_sql
from infra.data.synapse_spark_pools import SparkAttachment, SparkPools
from infra.data.synapse_views import group_name
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.encryption import CustomerManagedKey, Encryption, key_for
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings import synapse as settings_of
from infra.settings.encryption import EncryptedService

ACTIVE_KEY = "platform"
"""What the workspace calls the key of ours that it is encrypted with."""


@dataclass(frozen=True)
class SynapseDependencies:
    """The resources that the workspace uses."""

    lake: Lake
    encryption: Encryption | None
    attachment: SparkAttachment | None
    """None without ml."""


class Synapse(Component):
    """Owns the workspace, its own filesystem, its SQL administrators and audit log, what its identity may read, its
    private endpoints, and its pools.

    Does not own the predictions, nor the views over them: a shipped script makes those, because ARM has no type
    for what is inside a database (`infra.data.synapse_views`). Neither does ARM know who may use Studio and Spark
    (`infra.data.synapse_access`). There is no SQL password: logins are Entra's only.
    Unless settings say otherwise, data leaves the managed network to approved targets of this tenant alone.
    Azure cannot change later: name, location, its storage, the managed network, the prevention of
    exfiltration, and whether a key of our own encrypts it.
    """

    def __init__(
        self,
        settings: settings_of.Synapse,
        around: SynapseDependencies,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("data:Synapse", "synapse", context, opts)
        inside = pulumi.ResourceOptions(parent=self)
        filesystem = self._filesystem(settings.workspace_zone, around.lake)
        self.name = context.naming.name(ResourceKind.SYNAPSE_WORKSPACE, generation=settings.generation)
        self.managed_resource_group = context.naming.name(
            ResourceKind.RESOURCE_GROUP, "synapse-managed", generation=settings.generation
        )
        self.reference = self._workspace(settings, around, filesystem)
        self._let_read(settings, around.lake, filesystem)
        persona = settings.sql_administrator
        given = context.access.personas[persona]
        secure_sql(self, self.reference, group_name(persona, given, context.naming), given.object_id)
        self._open_firewall()
        send_diagnostics(self, "synapse", self.reference)
        self._private_endpoints(settings)
        self.dedicated_pools: Mapping[str, Reference] = {}
        if settings.dedicated_pools:
            self.dedicated_pools = DedicatedPools(
                settings.dedicated_pools, self.reference, context, inside
            ).pools
        spark_pools: Mapping[str, Reference] = {}
        if settings.spark_pools:
            spark_pools = SparkPools(
                settings.spark_pools, self.reference, around.attachment, context, inside
            ).pools
        self.outputs: dict[str, pulumi.Input[object]] = {
            "workspace_id": self.reference.id,
            "power_bi": serverless_connection(self.name, settings),
            "dedicated_pools": {
                key: dedicated_connection(
                    self.name, pool.name, _staging(settings.dedicated_pools[key], around.lake)
                )
                for key, pool in self.dedicated_pools.items()
            },
            "spark_pools": {key: pool.name for key, pool in spark_pools.items()},
        }
        self.register_outputs(self.outputs)

    def _filesystem(self, name: str, lake: Lake) -> Reference:
        """The workspace needs a filesystem of its own on an account with a hierarchical namespace; on an account that
        is given its owner made it, as the zones."""
        container_id = child_id(lake.account.id, "blobServices", "default", "containers", name)
        if lake.is_given:
            return Reference(container_id, name)
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
        self, settings: settings_of.Synapse, around: SynapseDependencies, filesystem: Reference
    ) -> Reference:
        """The workspace; with a key of our own, usable once that key is active."""
        context = self.context
        key = key_for(around.encryption, EncryptedService.SYNAPSE)
        workspace = synapse.Workspace(
            "synapse",
            workspace_name=self.name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            managed_resource_group_name=self.managed_resource_group,
            identity=synapse.ManagedIdentityArgs(type=synapse.ResourceIdentityType.SYSTEM_ASSIGNED),
            default_data_lake_storage=_own_storage(around.lake, filesystem),
            azure_ad_only_authentication=True,
            encryption=_encryption(key) if key else None,
            managed_virtual_network="default",
            managed_virtual_network_settings=synapse.ManagedVirtualNetworkSettingsArgs(
                prevent_data_exfiltration=settings.prevent_exfiltration,
                linked_access_check_on_target_resource=True,
                allowed_aad_tenant_ids_for_linking=(
                    [context.azure.tenant_id] if settings.prevent_exfiltration else None
                ),
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
                    "defaultDataLakeStorage",
                    "encryption",
                ],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )
        workspace_id = context.arm.synapse_workspace_id(self.name)
        self.verify(workspace_id, workspace)
        reference = Reference(workspace_id, self.name, (workspace,))
        self.principal = Principal(workspace_id, workspace.identity.apply(_principal_id), "ServicePrincipal")
        if around.encryption is None or key is None:
            return reference
        grants = around.encryption.let_use(IdentityPurpose.SYNAPSE, self.principal)
        return reference.after(self._activate(reference, key.uri, grants))

    def _activate(
        self,
        workspace: Reference,
        key_uri: pulumi.Output[str],
        grants: list[authorization.RoleAssignment],
    ) -> synapse.Key:
        """A workspace with a key of ours waits, and refuses everything (WorkspaceActivationRequired), until its
        identity may use the key and the key is made the active one."""
        return synapse.Key(
            "synapse-active-key",
            key_name=ACTIVE_KEY,
            workspace_name=workspace.known_name,
            resource_group_name=self.context.resource_group.known_name,
            is_active_cmk=True,
            key_vault_url=key_uri,
            opts=self.child(depends_on=grants, custom_timeouts=LONG_TIMEOUTS),
        )

    def _let_read(self, settings: settings_of.Synapse, lake: Lake, filesystem: Reference) -> None:
        """The workspace's identity opens its own files, the tables under views, and what Databricks lays down for
        dedicated pools."""
        read = {view.zone for view in settings.views.values()}
        read |= {pool.staging.zone for pool in settings.dedicated_pools.values()}
        scopes = [("own", filesystem, Condition.SYNAPSE_OWN_FILES)]
        scopes += [(zone, lake.zones[zone].container, Condition.SYNAPSE_READS) for zone in sorted(read)]
        for part, scope, condition in scopes:
            grant_identity(
                self,
                IdentityPurpose.SYNAPSE,
                self.principal,
                AccessScope.DATA_CONTAINER,
                scope,
                {condition},
                part=part,
            )

    def _open_firewall(self) -> None:
        """Without a rule nobody gets in, the portal's own editor included."""
        for text in self.context.allowed_ip_ranges:
            # By its range: counted, the rule of one range would become another's when one before it goes.
            name = "allowed-" + text.replace(".", "-").replace("/", "-")
            first, last = _bounds(text)
            synapse.IpFirewallRule(
                f"synapse-{name}",
                workspace_name=self.reference.known_name,
                resource_group_name=self.context.resource_group.known_name,
                rule_name=name,
                start_ip_address=first,
                end_ip_address=last,
                opts=self.child(),
            )

    def _private_endpoints(self, settings: settings_of.Synapse) -> None:
        """Dedicated pools, serverless SQL and pipelines have one each; Studio's own pages come through a hub."""
        if self.context.private is None:
            return
        pools = [("synapse-sql", PrivateLink.SYNAPSE_SQL)] if settings.dedicated_pools else []
        for part, link in (
            *pools,
            ("synapse-sql-on-demand", PrivateLink.SYNAPSE_SQL_ON_DEMAND),
            ("synapse-dev", PrivateLink.SYNAPSE_DEV),
        ):
            private_endpoint(self, part, self.reference, link)
        context = self.context
        name = context.naming.name(ResourceKind.SYNAPSE_PRIVATE_LINK_HUB)
        hub = synapse.PrivateLinkHub(
            "synapse-private-link-hub",
            private_link_hub_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            tags=self.tags,
            opts=self.child(),
        )
        hub_id = context.arm.synapse_private_link_hub_id(name)
        self.verify(hub_id, hub)
        private_endpoint(self, "synapse-studio", Reference(hub_id, name, (hub,)), PrivateLink.SYNAPSE_STUDIO)


def _own_storage(lake: Lake, filesystem: Reference) -> synapse.DataLakeStorageAccountDetailsArgs:
    """Where the workspace keeps its own files."""
    return synapse.DataLakeStorageAccountDetailsArgs(
        account_url=lake.account.known_name.apply(lambda name: f"https://{name}.dfs.core.windows.net"),
        filesystem=filesystem.known_name,
        resource_id=lake.account.known_id,
        # Also in public mode: where exfiltration is prevented, Spark leaves through such endpoints only.
        create_managed_private_endpoint=True,
    )


def _encryption(key: CustomerManagedKey) -> synapse.EncryptionDetailsArgs:
    """A user-assigned identity cannot use a vault behind a firewall (learn.microsoft.com synapse-analytics
    workspaces-encryption)."""
    return synapse.EncryptionDetailsArgs(
        cmk=synapse.CustomerManagedKeyDetailsArgs(
            kek_identity=synapse.KekIdentityPropertiesArgs(use_system_assigned_identity=True),
            key=synapse.WorkspaceKeyDetailsArgs(name=ACTIVE_KEY, key_vault_url=key.uri),
        )
    )


def _staging(pool: settings_of.DedicatedPool, lake: Lake) -> str:
    return f"{lake.zones[pool.staging.zone].url}/{pool.staging.folder}"


def _bounds(text: str) -> tuple[str, str]:
    """First and last address of a CIDR range."""
    network = ipaddress.IPv4Network(text)
    return str(network[0]), str(network[-1])


def _principal_id(identity: synapse.outputs.ManagedIdentityResponse | None) -> str:
    if identity is None or identity.principal_id is None:
        raise pulumi.RunError("the Synapse workspace came back without an identity")
    return identity.principal_id
