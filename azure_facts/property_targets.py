"""Which type of Azure resource a property means, by the property's name, whatever resource it is a property of.

Only names that every service uses in one sense are listed: `resourceId` may mean anything, `storageAccountId` cannot.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from azure_facts.source import Source

SOURCE = Source(
    "the properties' descriptions in the Azure REST specifications, as pulumi-azure-native 3.29.0 has them",
    datetime.date(2026, 11, 30),
)

_STORAGE = ("microsoft.storage/storageaccounts", "microsoft.classicstorage/storageaccounts")
_NETWORK = ("microsoft.network/virtualnetworks", "microsoft.classicnetwork/virtualnetworks")
_SUBNET = (
    "microsoft.network/virtualnetworks/subnets",
    "microsoft.classicnetwork/virtualnetworks/subnets",
)
_LOGS = ("microsoft.operationalinsights/workspaces",)

PROPERTY_TARGETS: Mapping[str, tuple[str, ...]] = {
    "storageAccountId": _STORAGE,
    "storageAccountResourceId": _STORAGE,
    "keyVaultArmId": ("microsoft.keyvault/vaults",),
    "keyVaultResourceId": ("microsoft.keyvault/vaults", "microsoft.keyvault/managedhsms"),
    "subnetId": _SUBNET,
    "subnetResourceId": _SUBNET,
    "subnetArmId": _SUBNET,
    "vnetSubnetID": _SUBNET,
    "podSubnetID": _SUBNET,
    "infrastructureSubnetId": _SUBNET,
    "delegatedSubnetResourceId": _SUBNET,
    "virtualNetworkResourceId": (*_NETWORK, *_SUBNET),
    "workspaceResourceId": (*_LOGS, "microsoft.databricks/workspaces", "microsoft.synapse/workspaces"),
    "logAnalyticsWorkspaceResourceID": _LOGS,
    "containerRegistryArmId": ("microsoft.containerregistry/registries",),
    "privateDnsZoneId": ("microsoft.network/privatednszones",),
    "serverFarmId": ("microsoft.web/serverfarms", "microsoft.web/hostingenvironments"),
    "managedEnvironmentId": ("microsoft.app/managedenvironments", "microsoft.app/connectedenvironments"),
    "privateLinkScopeId": ("microsoft.insights/privatelinkscopes",),
}
"""Property -> ARM types, in lower case."""

TARGETS_OF_TYPES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("microsoft.machinelearningservices/workspaces", "storageAccount"): _STORAGE,
    ("microsoft.machinelearningservices/workspaces", "keyVault"): ("microsoft.keyvault/vaults",),
    ("microsoft.machinelearningservices/workspaces", "applicationInsights"): (
        "microsoft.insights/components",
    ),
    ("microsoft.machinelearningservices/workspaces", "containerRegistry"): (
        "microsoft.containerregistry/registries",
    ),
    ("microsoft.machinelearningservices/workspaces/onlineendpoints", "properties.compute"): (
        "microsoft.machinelearningservices/workspaces/computes",
    ),
    ("microsoft.insights/diagnosticsettings", "workspaceId"): _LOGS,
    ("microsoft.insights/diagnosticsettings", "eventHubAuthorizationRuleId"): (
        "microsoft.eventhub/namespaces/authorizationrules",
    ),
}
"""ARM type and property -> ARM types, in lower case, where the name alone does not say it."""
