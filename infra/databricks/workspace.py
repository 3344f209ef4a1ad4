"""The Databricks workspace, its access connector, and the provider that reaches into it."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi
import pulumi_databricks
from pulumi_azure_native import databricks

from azure_facts.arm_ids import resource_group_id, resource_id
from infra.component import LONG_TIMEOUTS, Component
from infra.context import Context, Reference
from infra.conventions.address_plan import SubnetPurpose
from infra.conventions.known import once_known
from infra.conventions.name_rules import ResourceKind
from infra.databricks.encryption import WorkspaceEncryption
from infra.foundation.diagnostics import send_diagnostics
from infra.foundation.encryption import Encryption
from infra.foundation.private_link import PrivateLink, private_endpoint
from infra.settings.databricks import workspace as settings_of


class Workspace(Component):
    """Owns the workspace, the access connector, and the explicit provider. Does not own the objects inside.

    Azure cannot change later: name, location, compute mode, managed resource group, the link to the ML workspace.
    Nothing of ours may be put in the managed resource group: Databricks denies it.
    """

    def __init__(
        self,
        settings: settings_of.Databricks,
        ml_workspace: Reference | None,
        encryption: Encryption | None,
        context: Context,
        opts: pulumi.ResourceOptions,
        *,
        depends_on: Sequence[pulumi.CustomResource] = (),
    ) -> None:
        """`ml_workspace` is the workspace to link, or None; `encryption` holds a key of our own, or None;
        `depends_on`: what may be deleted only after the workspace."""
        super().__init__("databricks:Workspace", "databricks-workspace", context, opts)
        naming = context.naming
        self.name = naming.name(ResourceKind.DATABRICKS_WORKSPACE, generation=settings.generation)
        self.managed_resource_group = naming.name(
            ResourceKind.DATABRICKS_MANAGED_RESOURCE_GROUP, generation=settings.generation
        )
        self.storage_account_name = naming.name(
            ResourceKind.STORAGE_ACCOUNT, "dbw", generation=settings.generation
        )
        self.connector, self.connector_principal_id = self._access_connector()
        self.encryption = WorkspaceEncryption(encryption)
        self.resource = self._workspace(settings, ml_workspace, self.connector, depends_on)
        workspace_id = context.arm.databricks_workspace_id(self.name)
        self.verify(workspace_id, self.resource)
        self.reference = Reference(workspace_id, self.name, (self.resource,))
        self.encryption.let_service_identities_use_key(self.resource, workspace_id)
        self.url = self.resource.workspace_url
        self.number = once_known(self.resource.workspace_id)
        """As Databricks counts workspaces; nothing in the first preview."""
        send_diagnostics(self, "databricks-workspace", self.reference)
        # Content is made through the front end, once its private names resolve.
        self.ready = self._private_endpoints(settings)
        self.provider = self._explicit_provider(settings)
        self.federated: list[pulumi.Resource] = self._assign_metastore(settings)
        """The resources that must exist before anything of the account's is used inside: its groups, and Unity
        Catalog."""
        self.register_outputs({"workspace_id": workspace_id, "url": self.url})

    def _access_connector(self) -> tuple[Reference, pulumi.Output[str]]:
        """The identity with which Unity Catalog reads storage."""
        context = self.context
        name = context.naming.name(ResourceKind.DATABRICKS_ACCESS_CONNECTOR)
        connector = databricks.AccessConnector(
            "databricks-access-connector",
            connector_name=name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            identity=databricks.ManagedServiceIdentityArgs(
                type=databricks.ManagedServiceIdentityType.SYSTEM_ASSIGNED
            ),
            tags=self.tags,
            opts=self.child(),
        )
        connector_id = context.arm.databricks_access_connector_id(name)
        self.verify(connector_id, connector)
        return Reference(connector_id, name, (connector,)), connector.identity.apply(_principal_id)

    def _workspace(
        self,
        settings: settings_of.Databricks,
        ml_workspace: Reference | None,
        connector: Reference,
        depends_on: Sequence[pulumi.CustomResource],
    ) -> databricks.Workspace:
        context = self.context
        return databricks.Workspace(
            "databricks-workspace",
            workspace_name=self.name,
            resource_group_name=context.resource_group.known_name,
            location=context.azure.location,
            sku=databricks.SkuArgs(name="premium"),
            # Optional in the SDK, required by API 2026-01-01: left out, creation fails.
            compute_mode=databricks.ComputeMode.HYBRID,
            managed_resource_group_id=resource_group_id(
                context.azure.subscription_id, self.managed_resource_group
            ),
            access_connector=databricks.WorkspacePropertiesAccessConnectorArgs(
                id=connector.known_id, identity_type=databricks.IdentityType.SYSTEM_ASSIGNED
            ),
            default_storage_firewall=(
                databricks.DefaultStorageFirewall.DISABLED
                if context.is_public
                else databricks.DefaultStorageFirewall.ENABLED
            ),
            public_network_access=(
                databricks.PublicNetworkAccess.ENABLED
                if context.is_public or settings.front_end_ip_ranges
                else databricks.PublicNetworkAccess.DISABLED
            ),
            required_nsg_rules=(
                databricks.RequiredNsgRules.ALL_RULES
                if context.is_public
                else databricks.RequiredNsgRules.NO_AZURE_DATABRICKS_RULES
            ),
            parameters=self._parameters(ml_workspace),
            encryption=self.encryption.properties(),
            tags=self.tags,
            opts=self.stateful_child(
                # azurerm replaces on a changed link; azure-native does not know that it must.
                immutable=[
                    "computeMode",
                    "managedResourceGroupId",
                    "location",
                    "parameters.amlWorkspaceId",
                    "parameters.customVirtualNetworkId",
                ],
                depends_on=[*self.encryption.prerequisites(), *depends_on],
                custom_timeouts=LONG_TIMEOUTS,
            ),
        )

    def _parameters(self, ml_workspace: Reference | None) -> databricks.WorkspaceCustomParametersArgs:
        text = databricks.WorkspaceCustomStringParameterArgs
        private = self.context.private
        dbfs_root = self.encryption.dbfs_root()
        return databricks.WorkspaceCustomParametersArgs(
            enable_no_public_ip=databricks.WorkspaceNoPublicIPBooleanParameterArgs(value=True),
            storage_account_name=text(value=self.storage_account_name),
            prepare_encryption=(
                databricks.WorkspaceCustomBooleanParameterArgs(value=True)
                if self.encryption.prepares_dbfs_root
                else None
            ),
            encryption=(databricks.WorkspaceEncryptionParameterArgs(value=dbfs_root) if dbfs_root else None),
            aml_workspace_id=text(value=ml_workspace.known_id) if ml_workspace else None,
            custom_virtual_network_id=text(value=private.virtual_network.known_id) if private else None,
            custom_public_subnet_name=(
                text(value=private.subnets[SubnetPurpose.DATABRICKS_HOST].known_name) if private else None
            ),
            custom_private_subnet_name=(
                text(value=private.subnets[SubnetPurpose.DATABRICKS_CONTAINER].known_name)
                if private
                else None
            ),
        )

    def _private_endpoints(self, settings: settings_of.Databricks) -> Reference:
        """Front and back end, and the workspace's own storage in the managed resource group.

        The workspace takes one endpoint at a time; the next one, the data factory's too, waits for the one before.
        """
        storage = Reference(
            resource_id(
                self.context.azure.subscription_id,
                self.managed_resource_group,
                "Microsoft.Storage",
                "storageAccounts",
                self.storage_account_name,
            ),
            self.storage_account_name,
            (self.resource,),
        )
        ready = self.reference
        parts = [("databricks-ui-api", PrivateLink.DATABRICKS_UI_API)]
        if settings.browser_authentication_endpoint:
            parts.append(("databricks-browser", PrivateLink.DATABRICKS_BROWSER_AUTHENTICATION))
        for part, link in parts:
            endpoint = private_endpoint(self, part, ready, link)
            ready = ready.after(*endpoint.prerequisites) if endpoint else ready
        for part, link in (
            ("databricks-storage-blob", PrivateLink.STORAGE_BLOB),
            ("databricks-storage-dfs", PrivateLink.STORAGE_DFS),
        ):
            endpoint = private_endpoint(self, part, storage, link)
            ready = ready.after(*endpoint.prerequisites) if endpoint else ready
        return ready

    def _explicit_provider(self, settings: settings_of.Databricks) -> pulumi_databricks.Provider:
        """Explicit and pinned: ambient ARM_* and DATABRICKS_* variables would otherwise choose the method.

        The workspace's ARM id is enough to find the host, and it is known in the first preview, while the URL is
        not. With the number, no later preview asks the workspace for it (docs/decisions/0013).
        """
        return pulumi_databricks.Provider(
            "databricks",
            auth_type=settings.authentication,
            azure_tenant_id=self.context.azure.tenant_id,
            azure_workspace_resource_id=self.ready.known_id,
            host=settings.host,
            workspace_id=self.number,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _assign_metastore(self, settings: settings_of.Databricks) -> list[pulumi.Resource]:
        """By an account admin, where the account assigns none to a new workspace."""
        if settings.metastore_id is None or settings.content is not settings_of.DatabricksContent.MANAGED:
            return []
        options = self.child()
        options.provider = self.provider
        options.deleted_with = self.resource
        return [
            pulumi_databricks.MetastoreAssignment(
                "databricks-metastore",
                metastore_id=settings.metastore_id,
                workspace_id=self.resource.workspace_id,
                api="workspace",
                opts=options,
            )
        ]


def _principal_id(identity: databricks.outputs.ManagedServiceIdentityResponse | None) -> str:
    if identity is None or identity.principal_id is None:
        raise pulumi.RunError("the Databricks access connector came back without an identity")
    return identity.principal_id
