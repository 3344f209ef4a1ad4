"""How resources of a stack belong together: by ARM ids made from inputs, and by what waits for what.

An id that only the service returns is unknown in a first preview; names and resource groups are not.
"""

from __future__ import annotations

from collections.abc import Mapping

from policies.frame.judged import Judged, Stack

ARM_TYPES: Mapping[str, tuple[str, str]] = {
    "azure-native:storage:StorageAccount": ("Microsoft.Storage/storageAccounts", "accountName"),
    "azure-native:keyvault:Vault": ("Microsoft.KeyVault/vaults", "vaultName"),
    "azure-native:containerregistry:Registry": ("Microsoft.ContainerRegistry/registries", "registryName"),
    "azure-native:machinelearningservices:Workspace": (
        "Microsoft.MachineLearningServices/workspaces",
        "workspaceName",
    ),
    "azure-native:machinelearningservices:Registry": (
        "Microsoft.MachineLearningServices/registries",
        "registryName",
    ),
    "azure-native:databricks:Workspace": ("Microsoft.Databricks/workspaces", "workspaceName"),
    "azure-native:containerservice:ManagedCluster": (
        "Microsoft.ContainerService/managedClusters",
        "resourceName",
    ),
    "azure-native:operationalinsights:Workspace": (
        "Microsoft.OperationalInsights/workspaces",
        "workspaceName",
    ),
    "azure-native:applicationinsights:Component": ("Microsoft.Insights/components", "resourceName"),
    "azure-native:monitor:PrivateLinkScope": ("Microsoft.Insights/privateLinkScopes", "scopeName"),
    "azure-native:network:NetworkSecurityGroup": (
        "Microsoft.Network/networkSecurityGroups",
        "networkSecurityGroupName",
    ),
    "azure-native:network:AzureFirewall": ("Microsoft.Network/azureFirewalls", "azureFirewallName"),
    "azure-native:network:NatGateway": ("Microsoft.Network/natGateways", "natGatewayName"),
    "azure-native:network:PrivateEndpoint": ("Microsoft.Network/privateEndpoints", "privateEndpointName"),
    "azure-native:managedidentity:UserAssignedIdentity": (
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        "resourceName",
    ),
    "azure-native:datafactory:Factory": ("Microsoft.DataFactory/factories", "factoryName"),
    "azure-native:synapse:Workspace": ("Microsoft.Synapse/workspaces", "workspaceName"),
    "azure-native:sql:Server": ("Microsoft.Sql/servers", "serverName"),
    "azure-native:cognitiveservices:Account": ("Microsoft.CognitiveServices/accounts", "accountName"),
    "azure-native:app:ManagedEnvironment": ("Microsoft.App/managedEnvironments", "environmentName"),
    "azure-native:recoveryservices:Vault": ("Microsoft.RecoveryServices/vaults", "vaultName"),
    "azure-native:dataprotection:BackupVault": ("Microsoft.DataProtection/backupVaults", "vaultName"),
}
"""Type token to ARM type and the input that names it."""

NESTED: Mapping[str, tuple[str, str, str]] = {
    "azure-native:machinelearningservices:OnlineEndpoint": (
        "azure-native:machinelearningservices:Workspace",
        "onlineEndpoints",
        "endpointName",
    ),
}
"""Type token of a child to its parent's type (whose name it takes under the same input), its collection and the input
that names it."""


def arm_id(stack: Stack, resource: Judged) -> str:
    """The end of the resource's ARM id, from its resource group on, in lower case; empty where it is not known."""
    if resource.type in NESTED:
        parent, collection, name_input = NESTED[resource.type]
        above, name = _id(stack, resource, parent), stack.text(resource, name_input)
        return f"{above}/{collection}/{name}".lower() if above and name else ""
    return _id(stack, resource, resource.type)


def _id(stack: Stack, resource: Judged, of_type: str) -> str:
    arm_type, name_input = ARM_TYPES[of_type]
    group, name = stack.text(resource, "resourceGroupName"), stack.text(resource, name_input)
    return f"/resourcegroups/{group}/providers/{arm_type}/{name}".lower() if group and name else ""


def ends_with(full_id: str, end: str) -> bool:
    """Whether an ARM id ends like this; case and subscription do not matter."""
    return bool(end) and full_id.lower().endswith(end)


def waits_for(stack: Stack, resource: Judged) -> frozenset[str]:
    """URNs of all that the engine creates before the resource."""
    seen: set[str] = set()
    left = list(resource.dependencies)
    while left:
        urn = left.pop()
        if urn not in seen:
            seen.add(urn)
            other = stack.by_urn.get(urn)
            left.extend(other.dependencies if other else ())
    return frozenset(seen)


def hierarchical_accounts(stack: Stack) -> frozenset[str]:
    """Names of the storage accounts that are lakes: they have neither versions nor point-in-time restore."""
    return frozenset(
        stack.text(account, "accountName")
        for account in stack.of("azure-native:storage:StorageAccount")
        if stack.read(account, lambda asked: asked.value("isHnsEnabled") is True, default=False)
    )
