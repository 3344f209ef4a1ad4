"""Lengths and characters of Azure names, by resource type.

From the Azure REST specs where they state a pattern, else from learn.microsoft.com
azure/azure-resource-manager/management/resource-name-rules. Popular naming modules disagree with both in
places.
"""

from __future__ import annotations

from dataclasses import dataclass

_RULES_PAGE = "learn.microsoft.com resource-name-rules"
_AML = "Azure REST spec machinelearningservices 2025-12-01"


@dataclass(frozen=True)
class NameRule:
    """`pattern` must match the whole name; `allowed` says it in words. Lengths are in characters,
    inclusive."""

    property: str
    min_length: int
    max_length: int
    pattern: str
    allowed: str
    source: str


_ALNUM_DASH_ENDS = r"[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?"
_NETWORK_WORDS = (
    "letters, digits, '_', '.' and '-', beginning with a letter or digit and not ending in '.' or '-'"
)
_ENDPOINT = r"[A-Za-z](?:-?[A-Za-z0-9])*"
_ENDPOINT_WORDS = "letters, digits and single '-', beginning with a letter and ending with a letter or digit"

NAME_RULES = {
    "azure-native:synapse:Workspace": NameRule(
        "workspaceName",
        1,
        50,
        r"(?!.*-ondemand)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?",
        "lowercase letters, digits and '-', beginning and ending with a letter or digit, without '-ondemand'",
        _RULES_PAGE,
    ),
    "azure-native:synapse:SqlPool": NameRule(
        "sqlPoolName",
        1,
        60,
        r"(?!(?i:master|model|msdb|tempdb)$)\w+",
        "letters, digits and '_', and no system database's name",
        "terraform-provider-azurerm docs/r/synapse_sql_pool",
    ),
    "azure-native:synapse:BigDataPool": NameRule(
        "bigDataPoolName",
        1,
        15,
        r"[A-Za-z][A-Za-z0-9]*",
        "letters and digits, beginning with a letter",
        _RULES_PAGE,
    ),
    "azure-native:synapse:PrivateLinkHub": NameRule(
        "privateLinkHubName", 1, 45, r"[a-z0-9]+", "lowercase letters and digits", _RULES_PAGE
    ),
    "azure-native:consumption:Budget": NameRule(
        "budgetName",
        1,
        63,
        r"[\w-]+",
        "letters, digits, '_' and '-'",
        "learn.microsoft.com tutorial-acm-create-budgets",
    ),
    "azure-native:resources:ResourceGroup": NameRule(
        "resourceGroupName",
        1,
        90,
        r"[\w().-]*[\w()-]",
        "letters, digits, '_', '-', '.', '(' and ')', not ending in '.'",
        _RULES_PAGE,
    ),
    "azure-native:machinelearningservices:Workspace": NameRule(
        "workspaceName",
        3,
        33,
        r"[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}",
        "letters, digits, '_' and '-', beginning with a letter or digit",
        _AML,
    ),
    "azure-native:machinelearningservices:ManagedNetworkSettingsRule": NameRule(
        "ruleName",
        3,
        33,
        r"[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}",
        "letters, digits, '_' and '-', beginning with a letter or digit",
        _AML,
    ),
    "azure-native:machinelearningservices:Registry": NameRule(
        "registryName",
        3,
        32,
        r"[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}",
        "letters, digits, '_' and '-', beginning with a letter or digit",
        "learn.microsoft.com machine-learning/how-to-manage-registries",
    ),
    "azure-native:machinelearningservices:OnlineEndpoint": NameRule(
        "endpointName",
        3,
        32,
        _ENDPOINT,
        _ENDPOINT_WORDS,
        "learn.microsoft.com machine-learning/how-to-manage-quotas",
    ),
    "azure-native:machinelearningservices:BatchEndpoint": NameRule(
        "endpointName",
        3,
        32,
        _ENDPOINT,
        _ENDPOINT_WORDS,
        "learn.microsoft.com machine-learning/how-to-manage-quotas",
    ),
    "azure-native:machinelearningservices:OnlineDeployment": NameRule(
        "deploymentName",
        3,
        32,
        _ENDPOINT,
        _ENDPOINT_WORDS,
        "learn.microsoft.com machine-learning/how-to-manage-quotas",
    ),
    "azure-native:machinelearningservices:Datastore": NameRule(
        "name", 1, 255, r"[a-zA-Z0-9][a-zA-Z0-9_-]*", "letters, digits, '_' and '-'", _AML
    ),
    "azure-native:storage:StorageAccount": NameRule(
        "accountName",
        3,
        24,
        r"[a-z0-9]+",
        "lower-case letters and digits",
        "Azure REST spec storage 2024-01-01",
    ),
    "azure-native:storage:BlobContainer": NameRule(
        "containerName",
        3,
        63,
        r"[a-z0-9](?:-?[a-z0-9])*|\$root|\$web|\$logs",
        "lower-case letters, digits and single '-', beginning and ending with a letter or digit",
        _RULES_PAGE,
    ),
    "azure-native:keyvault:Vault": NameRule(
        "vaultName",
        3,
        24,
        r"[A-Za-z](?:-?[A-Za-z0-9])*",
        "letters, digits and single '-', beginning with a letter and ending with a letter or digit",
        _RULES_PAGE,
    ),
    "azure-native:applicationinsights:Component": NameRule(
        "resourceName",
        1,
        260,
        r"[^%&\\?/#]*[^%&\\?/#. ]",
        "anything but %, &, \\, ?, / and #, not ending in a space or '.'",
        _RULES_PAGE,
    ),
    "azure-native:operationalinsights:Workspace": NameRule(
        "workspaceName",
        4,
        63,
        r"[A-Za-z0-9][A-Za-z0-9-]+[A-Za-z0-9]",
        "letters, digits and '-', beginning and ending with a letter or digit",
        "Azure REST spec operationalinsights 2023-09-01",
    ),
    "azure-native:containerregistry:Registry": NameRule(
        "registryName",
        5,
        50,
        r"[a-zA-Z0-9]*",
        "letters and digits, no '-'",
        "Azure REST spec containerregistry 2023-01-01-preview",
    ),
    "azure-native:databricks:Workspace": NameRule(
        "workspaceName",
        3,
        64,
        r"[A-Za-z0-9_-]+",
        "letters, digits, '_' and '-'",
        "Azure REST spec databricks 2026-01-01",
    ),
    "azure-native:databricks:AccessConnector": NameRule(
        "connectorName",
        3,
        64,
        r"[A-Za-z0-9_-]+",
        "letters, digits, '_' and '-'",
        "Azure REST spec databricks 2026-01-01",
    ),
    "azure-native:containerservice:ManagedCluster": NameRule(
        "resourceName",
        1,
        63,
        r"[a-zA-Z0-9](?:[-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?",
        "letters, digits, '_' and '-', beginning and ending with a letter or digit",
        "Azure REST spec containerservice 2025-09-01",
    ),
    "azure-native:containerservice:AgentPool": NameRule(
        "agentPoolName",
        1,
        12,
        r"[a-z][a-z0-9]{0,11}",
        "lower-case letters and digits, beginning with a letter",
        "Azure REST spec containerservice 2025-09-01",
    ),
    "azure-native:containerservice:TrustedAccessRoleBinding": NameRule(
        "trustedAccessRoleBindingName",
        1,
        24,
        r"[A-Za-z0-9-]+",
        "letters, digits and '-'",
        "Azure REST spec containerservice 2025-09-01",
    ),
    "azure-native:managedidentity:UserAssignedIdentity": NameRule(
        "resourceName",
        3,
        128,
        r"[a-zA-Z0-9][a-zA-Z0-9_-]*",
        "letters, digits, '_' and '-', beginning with a letter or digit",
        _RULES_PAGE,
    ),
    "azure-native:network:VirtualNetwork": NameRule(
        "virtualNetworkName", 2, 64, _ALNUM_DASH_ENDS, _NETWORK_WORDS, _RULES_PAGE
    ),
    "azure-native:network:Subnet": NameRule(
        "subnetName", 1, 80, _ALNUM_DASH_ENDS, _NETWORK_WORDS, _RULES_PAGE
    ),
    "azure-native:network:PrivateEndpoint": NameRule(
        "privateEndpointName", 2, 64, _ALNUM_DASH_ENDS, _NETWORK_WORDS, _RULES_PAGE
    ),
    "azure-native:network:NetworkSecurityGroup": NameRule(
        "networkSecurityGroupName", 1, 80, _ALNUM_DASH_ENDS, _NETWORK_WORDS, _RULES_PAGE
    ),
    "azure-native:network:NatGateway": NameRule(
        "natGatewayName", 1, 80, _ALNUM_DASH_ENDS, _NETWORK_WORDS, _RULES_PAGE
    ),
    "azure-native:network:PublicIPAddress": NameRule(
        "publicIpAddressName", 1, 80, _ALNUM_DASH_ENDS, _NETWORK_WORDS, _RULES_PAGE
    ),
}
"""Type token -> rule. Azure ML compute has a rule of its own (AML001)."""
