"""What Azure cannot change after creation although pulumi-azure-native previews it as an update, and what it
keeps after deletion."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Immutable:
    """Property paths that the service never changes. Path parameters (names, resource group) are left out:
    the provider itself replaces for those."""

    paths: tuple[str, ...]
    source: str


_AML = "Azure REST spec machinelearningservices 2025-12-01"

IMMUTABLE_PROPERTIES = {
    "azure-native:machinelearningservices:Workspace": Immutable(
        ("storageAccount", "keyVault", "hbiWorkspace", "encryption", "enableDataIsolation", "kind"), _AML
    ),
    "azure-native:machinelearningservices:Compute": Immutable(
        (
            "properties.resourceId",
            "properties.properties.vmSize",
            "properties.properties.vmPriority",
            "properties.properties.subnet",
            "properties.properties.enableNodePublicIp",
        ),
        _AML,
    ),
    "azure-native:databricks:Workspace": Immutable(
        (
            "computeMode",
            "managedResourceGroupId",
            "parameters.amlWorkspaceId",
            "parameters.customVirtualNetworkId",
        ),
        "Azure REST spec databricks 2026-01-01; terraform-provider-azurerm docs/r/databricks_workspace",
    ),
    "azure-native:keyvault:Vault": Immutable(
        ("properties.tenantId", "location"), "Azure REST spec keyvault 2024-11-01"
    ),
}
"""Type token -> what cannot change. Not here: what the provider knows to be force-new (role assignments'
principal and scope, most of an AKS cluster, a node pool's size, a storage account's hierarchical namespace
and location)."""

SOFT_DELETING = {
    "azure-native:machinelearningservices:Workspace": "a deleted workspace holds its name for 14 days",
    "azure-native:keyvault:Vault": "a deleted vault holds its name for its retention, 7 to 90 days",
    "azure-native:operationalinsights:Workspace": "a deleted workspace holds its name for 14 days",
}
"""Type token -> how the service says it (learn.microsoft.com machine-learning/concept-soft-delete,
azure/key-vault/general/soft-delete-overview, azure/azure-monitor/logs/delete-workspace)."""
