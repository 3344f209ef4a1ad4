"""What a service never changes after creation although its provider previews an update, and what it keeps after
deletion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Immutable:
    """Property paths that the service never changes. Path parameters (names, resource group) are left out:
    the provider itself replaces for those. `when` (path, value) restricts it to resources with that input.

    `stateful` marks what is rebuilt rather than edited, and holds data or others' ids: a program should name these
    paths in `replace_on_changes`, so that a preview shows the replacement.
    """

    paths: tuple[str, ...]
    source: str
    code: str = "PropertyChangeNotAllowed"
    status: int = 400
    when: tuple[str, str] | None = None
    stateful: bool = False


_AML = "Azure REST spec machinelearningservices 2025-12-01"
_AKS = "learn.microsoft.com azure/aks/create-node-pools"
_AKS_HOST_ENCRYPTION = "learn.microsoft.com azure/aks/enable-host-encryption"
_COMPUTE_TYPE = "properties.computeType"

IMMUTABLE_PROPERTIES: Mapping[str, tuple[Immutable, ...]] = {
    "azure-native:machinelearningservices:Workspace": (
        Immutable(
            ("storageAccount", "keyVault", "hbiWorkspace", "encryption", "enableDataIsolation", "kind"),
            _AML,
            stateful=True,
        ),
    ),
    "azure-native:machinelearningservices:Compute": (
        Immutable(
            (
                "properties.resourceId",
                "properties.properties.vmSize",
                "properties.properties.vmPriority",
                "properties.properties.subnet",
                "properties.properties.enableNodePublicIp",
            ),
            _AML,
            stateful=True,
        ),
        # A second PUT of an instance is refused whatever it changes, tags included.
        Immutable(
            ("properties", "tags", "identity"),
            "terraform-provider-azurerm issue 31747; docs/r/machine_learning_compute_instance",
            when=(_COMPUTE_TYPE, "ComputeInstance"),
        ),
        Immutable(
            ("properties", "tags"),
            "terraform-provider-azurerm issue 31747",
            when=(_COMPUTE_TYPE, "Kubernetes"),
        ),
    ),
    "azure-native:databricks:Workspace": (
        Immutable(
            (
                "computeMode",
                "managedResourceGroupId",
                "parameters.amlWorkspaceId",
                "parameters.customVirtualNetworkId",
            ),
            "Azure REST spec databricks 2026-01-01; terraform-provider-azurerm docs/r/databricks_workspace",
            stateful=True,
        ),
    ),
    "azure-native:keyvault:Vault": (
        Immutable(("properties.tenantId", "location"), "Azure REST spec keyvault 2024-11-01", stateful=True),
        Immutable(
            ("properties.softDeleteRetentionInDays",),
            "learn.microsoft.com azure/key-vault/general/soft-delete-overview",
        ),
    ),
    "azure-native:authorization:RoleAssignment": (
        Immutable(
            ("roleDefinitionId", "principalType"),
            "learn.microsoft.com azure/role-based-access-control/troubleshooting",
            code="RoleAssignmentUpdateNotPermitted",
        ),
    ),
    "azure-native:consumption:Budget": (
        Immutable(("timePeriod.startDate", "timeGrain"), "terraform-provider-azurerm issue 12121"),
    ),
    "azure-native:containerservice:ManagedCluster": (
        Immutable(
            tuple(
                f"agentPoolProfiles[*].{name}"
                for name in ("vmSize", "osType", "osDiskType", "osDiskSizeGB", "maxPods", "vnetSubnetID")
            ),
            "pulumi-azure-native docs/resources/containerservice-ManagedCluster.md",
        ),
        Immutable(("agentPoolProfiles[*].enableEncryptionAtHost",), _AKS_HOST_ENCRYPTION),
        Immutable(
            ("apiServerAccessProfile.enablePrivateCluster",),
            "learn.microsoft.com azure/aks/private-clusters",
        ),
    ),
    "azure-native:containerservice:AgentPool": (
        Immutable(("osType", "osDiskType", "osDiskSizeGB", "maxPods", "vnetSubnetID"), _AKS),
        Immutable(("enableEncryptionAtHost",), _AKS_HOST_ENCRYPTION),
    ),
    "azure-native:containerregistry:Registry": (
        Immutable(
            ("encryption", "zoneRedundancy"),
            "learn.microsoft.com azure/container-registry/tutorial-enable-customer-managed-keys, zone-redundancy",
        ),
    ),
    "azure-native:storage:StorageAccount": (
        Immutable(
            ("encryption.requireInfrastructureEncryption", "enableNfsV3"),
            "learn.microsoft.com azure/storage/common/infrastructure-encryption-enable",
        ),
    ),
    "azure-native:synapse:Workspace": (
        Immutable(
            ("defaultDataLakeStorage", "managedVirtualNetwork", "sqlAdministratorLogin"),
            "Azure REST spec synapse 2021-06-01; terraform-provider-azurerm docs/r/synapse_workspace",
        ),
    ),
    "azure-native:sql:Server": (Immutable(("administratorLogin",), "Azure REST spec sql 2023-08-01"),),
    "azure-native:sql:Database": (
        Immutable(
            ("collation", "catalogCollation"), "learn.microsoft.com sql/relational-databases/collations"
        ),
    ),
    "azure-native:dbforpostgresql:Server": (
        Immutable(
            ("administratorLogin", "network.delegatedSubnetResourceId"),
            "terraform-provider-azurerm docs/r/postgresql_flexible_server",
        ),
    ),
    "azure-native:cognitiveservices:Account": (
        Immutable(
            ("kind", "properties.customSubDomainName"),
            "learn.microsoft.com azure/ai-services/cognitive-services-custom-subdomains",
        ),
    ),
    "azure-native:app:ManagedEnvironment": (
        Immutable(
            ("vnetConfiguration", "zoneRedundant"),
            "learn.microsoft.com azure/container-apps/custom-virtual-networks",
        ),
    ),
    "azure-native:app:ContainerApp": (
        Immutable(
            ("managedEnvironmentId", "environmentId"), "terraform-provider-azurerm docs/r/container_app"
        ),
    ),
    "azure-native:containerinstance:ContainerGroup": (
        Immutable(
            ("osType", "sku", "restartPolicy", "ipAddress", "subnetIds", "containers[*].resources"),
            "learn.microsoft.com azure/container-instances/container-instances-update",
            code="InvalidContainerGroupUpdate",
        ),
    ),
    "azure-native:eventhub:EventHub": (
        Immutable(("partitionCount",), "learn.microsoft.com azure/event-hubs/event-hubs-scalability"),
    ),
}
"""Type token -> what cannot change. Not here: what the provider knows to be force-new
(`rehearsal.cloud.catalogue.replacements`)."""


@dataclass(frozen=True)
class OneWay:
    """A switch that goes only one way: `refused` are (from, to) values at `path`."""

    path: str
    refused: tuple[tuple[object, object], ...]
    source: str


_MANAGED_NETWORK = "learn.microsoft.com azure/machine-learning/how-to-managed-network"

ONE_WAY: Mapping[str, tuple[OneWay, ...]] = {
    "azure-native:machinelearningservices:Workspace": (
        OneWay(
            "managedNetwork.isolationMode",
            (
                ("AllowInternetOutbound", "Disabled"),
                ("AllowOnlyApprovedOutbound", "Disabled"),
                ("AllowOnlyApprovedOutbound", "AllowInternetOutbound"),
            ),
            _MANAGED_NETWORK,
        ),
        OneWay("managedNetwork.managedNetworkKind", (("V2", "V1"),), _MANAGED_NETWORK),
        OneWay(
            "identity.type",
            (
                ("SystemAssigned,UserAssigned", "SystemAssigned"),
                ("SystemAssigned, UserAssigned", "SystemAssigned"),
            ),
            "learn.microsoft.com azure/machine-learning/how-to-identity-based-service-authentication",
        ),
    ),
    "azure-native:keyvault:Vault": (
        OneWay(
            "properties.enablePurgeProtection",
            ((True, False),),
            "Azure REST spec keyvault 2024-11-01, VaultProperties.enablePurgeProtection",
        ),
    ),
}

LOCATION_SOURCE = "learn.microsoft.com azure/azure-resource-manager/troubleshooting/common-deployment-errors"
"""`location` of any Azure resource: 409 InvalidResourceLocation, unless the provider replaces for it."""

SOFT_DELETING = {
    "azure-native:machinelearningservices:Workspace": "a deleted workspace holds its name for 14 days",
    "azure-native:keyvault:Vault": "a deleted vault holds its name for its retention, 7 to 90 days",
    "azure-native:operationalinsights:Workspace": "a deleted workspace holds its name for 14 days",
    "azure-native:cognitiveservices:Account": "a deleted account holds its name for 48 hours",
}
"""Type token -> how the service says it (learn.microsoft.com machine-learning/concept-soft-delete,
azure/key-vault/general/soft-delete-overview, azure/azure-monitor/logs/delete-workspace,
azure/ai-services/recover-purge-resources)."""
