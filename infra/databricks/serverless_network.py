"""The way of serverless compute to our data: an object of the Databricks account, bound to the workspace."""

from __future__ import annotations

import pulumi
import pulumi_databricks

from infra.component import Component
from infra.context import Context
from infra.conventions.name_rules import ResourceKind
from infra.databricks.workspace import Workspace
from infra.settings.databricks.serverless import NetworkConnectivity
from infra.settings.databricks.workspace import DatabricksAuthentication

ACCOUNT_HOST = "https://accounts.azuredatabricks.net"


class ServerlessNetwork(Component):
    """Owns the account's provider, the network connectivity configuration, and its private endpoints.

    Does not own what the endpoints lead to, whose owner approves them. Made before the workspace and deleted after
    it: a binding cannot be taken away (terraform-provider-databricks mws/resource_mws_ncc_binding.go), and a
    configuration that is bound cannot be deleted. Databricks cannot change later: name, region.
    """

    def __init__(
        self,
        settings: NetworkConnectivity,
        account_id: str | None,
        authentication: DatabricksAuthentication,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__("databricks:ServerlessNetwork", "databricks-serverless-network", context, opts)
        self.prerequisites: list[pulumi.CustomResource] = []
        """What the workspace must outlive."""
        self._configuration_id: pulumi.Input[str] | None = settings.configuration_id
        self._account: pulumi_databricks.Provider | None = None
        if account_id and not settings.bound_already:
            # Explicit and apart: a workspace's provider must carry no account.
            self._account = pulumi_databricks.Provider(
                "databricks-account",
                host=ACCOUNT_HOST,
                account_id=account_id,
                auth_type=authentication,
                azure_tenant_id=context.azure.tenant_id,
                opts=pulumi.ResourceOptions(parent=self),
            )
            if settings.configuration_id is None:
                self._configuration_id = self._configuration(settings, self._account)
        self.register_outputs({"configuration_id": self._configuration_id})

    def _configuration(
        self, settings: NetworkConnectivity, account: pulumi_databricks.Provider
    ) -> pulumi.Output[str]:
        configuration = pulumi_databricks.MwsNetworkConnectivityConfig(
            "databricks-network-connectivity",
            name=self.context.naming.name(ResourceKind.DATABRICKS_NETWORK_CONNECTIVITY),
            region=self.context.azure.location,
            opts=self._account_object(account),
        )
        self.prerequisites.append(configuration)
        for key, endpoint in settings.private_endpoints.items():
            self.prerequisites.append(
                pulumi_databricks.MwsNccPrivateEndpointRule(
                    f"databricks-serverless-endpoint-{key}",
                    network_connectivity_config_id=configuration.network_connectivity_config_id,
                    resource_id=endpoint.resource_id,
                    group_id=endpoint.group,
                    opts=self._account_object(account),
                )
            )
        return configuration.network_connectivity_config_id

    def bind(self, workspace: Workspace) -> list[pulumi.Resource]:
        """Give the workspace's serverless compute this way; what serves models waits for it."""
        if self._account is None or self._configuration_id is None:
            return []
        options = self._account_object(self._account)
        options.deleted_with = workspace.resource
        return [
            pulumi_databricks.MwsNccBinding(
                "databricks-network-connectivity-binding",
                network_connectivity_config_id=self._configuration_id,
                workspace_id=workspace.resource.workspace_id,
                opts=options,
            )
        ]

    def _account_object(self, account: pulumi_databricks.Provider) -> pulumi.ResourceOptions:
        options = self.child()
        options.provider = account
        return options
