"""ARM ids, built from names before anything is deployed.

Owns the shape of an id only, not which names are in it. Ids are built in the casing of the resource provider's own
documentation, because that is what the portal and `az` show.
"""

from __future__ import annotations

from dataclasses import dataclass

from azure_facts.arm_id_parsing import ArmIdError
from azure_facts.guids import is_guid

RESOURCE_GROUP_ID_PATTERN = "/subscriptions/[^/]+/resourceGroups/[^/]+"
"""The id of any resource group, for use inside a longer pattern."""


def subscription_id(subscription: str) -> str:
    """The id of a subscription as a scope, from its GUID."""
    if not is_guid(subscription):
        raise ArmIdError(
            f"subscription {subscription!r} must be a GUID like 00000000-0000-0000-0000-000000000000"
        )
    return f"/subscriptions/{subscription}"


def resource_group_id(subscription: str, resource_group: str) -> str:
    """The id of a resource group as a scope."""
    return f"{subscription_id(subscription)}/resourceGroups/{_checked(resource_group)}"


def resource_id(
    subscription: str, resource_group: str, provider_namespace: str, *type_name_pairs: str
) -> str:
    """`resource_id(s, g, "Microsoft.Storage", "storageAccounts", "stx", "blobServices", "default")`."""
    if not type_name_pairs or len(type_name_pairs) % 2:
        raise ArmIdError(
            f"{provider_namespace}: types and names must come in pairs, e.g. 'storageAccounts', "
            f"'stexample'; got {list(type_name_pairs)}"
        )
    group = resource_group_id(subscription, resource_group)
    tail = "/".join(_checked(piece) for piece in (provider_namespace, *type_name_pairs))
    return f"{group}/providers/{tail}"


def child_id(parent_id: str, *type_name_pairs: str) -> str:
    """The id of a child of an existing id: `child_id(account, "blobServices", "default")`."""
    if not type_name_pairs or len(type_name_pairs) % 2:
        raise ArmIdError(f"types and names must come in pairs below {parent_id}; got {list(type_name_pairs)}")
    return "/".join([parent_id.rstrip("/"), *(_checked(piece) for piece in type_name_pairs)])


def role_definition_id(subscription: str, guid: str) -> str:
    """The id of a role definition as ARM returns it below a subscription; built-in roles have it in every
    one.
    """
    if not is_guid(guid):
        raise ArmIdError(f"role definition {guid!r} must be a GUID")
    return f"{subscription_id(subscription)}/providers/Microsoft.Authorization/roleDefinitions/{guid}"


@dataclass(frozen=True)
class ArmScope:
    """A resource group as the place where ids are built: one subscription (GUID) and one group name."""

    subscription: str
    resource_group: str

    def __post_init__(self) -> None:
        resource_group_id(self.subscription, self.resource_group)

    @property
    def subscription_id(self) -> str:
        """The subscription as a scope."""
        return subscription_id(self.subscription)

    @property
    def resource_group_id(self) -> str:
        """The resource group as a scope."""
        return resource_group_id(self.subscription, self.resource_group)

    def resource_id(self, provider_namespace: str, *type_name_pairs: str) -> str:
        """The id of any resource in this group, children included."""
        return resource_id(self.subscription, self.resource_group, provider_namespace, *type_name_pairs)

    def storage_account_id(self, name: str) -> str:
        """`Microsoft.Storage/storageAccounts`."""
        return self.resource_id("Microsoft.Storage", "storageAccounts", name)

    def key_vault_id(self, name: str) -> str:
        """`Microsoft.KeyVault/vaults`."""
        return self.resource_id("Microsoft.KeyVault", "vaults", name)

    def container_registry_id(self, name: str) -> str:
        """`Microsoft.ContainerRegistry/registries`."""
        return self.resource_id("Microsoft.ContainerRegistry", "registries", name)

    def application_insights_id(self, name: str) -> str:
        """`Microsoft.Insights/components`."""
        return self.resource_id("Microsoft.Insights", "components", name)

    def log_analytics_id(self, name: str) -> str:
        """`Microsoft.OperationalInsights/workspaces`."""
        return self.resource_id("Microsoft.OperationalInsights", "workspaces", name)

    def action_group_id(self, name: str) -> str:
        """`Microsoft.Insights/actionGroups`."""
        return self.resource_id("Microsoft.Insights", "actionGroups", name)

    def private_link_scope_id(self, name: str) -> str:
        """`Microsoft.Insights/privateLinkScopes`."""
        return self.resource_id("Microsoft.Insights", "privateLinkScopes", name)

    def ml_workspace_id(self, name: str) -> str:
        """`Microsoft.MachineLearningServices/workspaces`."""
        return self.resource_id("Microsoft.MachineLearningServices", "workspaces", name)

    def ml_compute_id(self, workspace: str, name: str) -> str:
        """`Microsoft.MachineLearningServices/workspaces/computes`."""
        return child_id(self.ml_workspace_id(workspace), "computes", name)

    def ml_online_endpoint_id(self, workspace: str, name: str) -> str:
        """`Microsoft.MachineLearningServices/workspaces/onlineEndpoints`."""
        return child_id(self.ml_workspace_id(workspace), "onlineEndpoints", name)

    def ml_batch_endpoint_id(self, workspace: str, name: str) -> str:
        """`Microsoft.MachineLearningServices/workspaces/batchEndpoints`."""
        return child_id(self.ml_workspace_id(workspace), "batchEndpoints", name)

    def ml_registry_id(self, name: str) -> str:
        """`Microsoft.MachineLearningServices/registries`."""
        return self.resource_id("Microsoft.MachineLearningServices", "registries", name)

    def databricks_workspace_id(self, name: str) -> str:
        """`Microsoft.Databricks/workspaces`."""
        return self.resource_id("Microsoft.Databricks", "workspaces", name)

    def databricks_access_connector_id(self, name: str) -> str:
        """`Microsoft.Databricks/accessConnectors`."""
        return self.resource_id("Microsoft.Databricks", "accessConnectors", name)

    def user_assigned_identity_id(self, name: str) -> str:
        """`Microsoft.ManagedIdentity/userAssignedIdentities`."""
        return self.resource_id("Microsoft.ManagedIdentity", "userAssignedIdentities", name)

    def aks_id(self, name: str) -> str:
        """`Microsoft.ContainerService/managedClusters`."""
        return self.resource_id("Microsoft.ContainerService", "managedClusters", name)

    def data_factory_id(self, name: str) -> str:
        """`Microsoft.DataFactory/factories`."""
        return self.resource_id("Microsoft.DataFactory", "factories", name)

    def synapse_workspace_id(self, name: str) -> str:
        """`Microsoft.Synapse/workspaces`."""
        return self.resource_id("Microsoft.Synapse", "workspaces", name)

    def synapse_private_link_hub_id(self, name: str) -> str:
        """`Microsoft.Synapse/privateLinkHubs`."""
        return self.resource_id("Microsoft.Synapse", "privateLinkHubs", name)

    def virtual_network_id(self, name: str) -> str:
        """`Microsoft.Network/virtualNetworks`."""
        return self.resource_id("Microsoft.Network", "virtualNetworks", name)

    def subnet_id(self, virtual_network: str, name: str) -> str:
        """`Microsoft.Network/virtualNetworks/subnets`."""
        return child_id(self.virtual_network_id(virtual_network), "subnets", name)

    def network_security_group_id(self, name: str) -> str:
        """`Microsoft.Network/networkSecurityGroups`."""
        return self.resource_id("Microsoft.Network", "networkSecurityGroups", name)

    def nat_gateway_id(self, name: str) -> str:
        """`Microsoft.Network/natGateways`."""
        return self.resource_id("Microsoft.Network", "natGateways", name)

    def route_table_id(self, name: str) -> str:
        """`Microsoft.Network/routeTables`."""
        return self.resource_id("Microsoft.Network", "routeTables", name)

    def firewall_id(self, name: str) -> str:
        """`Microsoft.Network/azureFirewalls`."""
        return self.resource_id("Microsoft.Network", "azureFirewalls", name)

    def firewall_policy_id(self, name: str) -> str:
        """`Microsoft.Network/firewallPolicies`."""
        return self.resource_id("Microsoft.Network", "firewallPolicies", name)

    def public_ip_id(self, name: str) -> str:
        """`Microsoft.Network/publicIPAddresses`."""
        return self.resource_id("Microsoft.Network", "publicIPAddresses", name)

    def private_dns_zone_id(self, name: str) -> str:
        """`Microsoft.Network/privateDnsZones`."""
        return self.resource_id("Microsoft.Network", "privateDnsZones", name)

    def private_endpoint_id(self, name: str) -> str:
        """`Microsoft.Network/privateEndpoints`."""
        return self.resource_id("Microsoft.Network", "privateEndpoints", name)

    def container_app_environment_id(self, name: str) -> str:
        """`Microsoft.App/managedEnvironments`."""
        return self.resource_id("Microsoft.App", "managedEnvironments", name)

    def container_app_id(self, name: str) -> str:
        """`Microsoft.App/containerApps`."""
        return self.resource_id("Microsoft.App", "containerApps", name)

    def ai_services_id(self, name: str) -> str:
        """`Microsoft.CognitiveServices/accounts`."""
        return self.resource_id("Microsoft.CognitiveServices", "accounts", name)


def _checked(piece: str) -> str:
    if not piece or piece != piece.strip() or "/" in piece:
        raise ArmIdError(
            f"{piece!r} cannot be part of an ARM id: give a name without '/' and blanks around it"
        )
    return piece
