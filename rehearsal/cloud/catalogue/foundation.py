"""Resource groups, monitoring, budgets, access, identities, vaults, container registries."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import entry

_IDENTITY = RG + "Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}"
_VAULT = RG + "Microsoft.KeyVault/vaults/{vaultName}"

FOUNDATION = (
    entry(
        "azure-native:resources:ResourceGroup",
        "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}",
        {"properties.provisioningState": "Succeeded"},
    ),
    entry(
        "azure-native:operationalinsights:Workspace",
        RG + "Microsoft.OperationalInsights/workspaces/{workspaceName}",
        {"customerId": "{guid:customer}"},
    ),
    entry(
        "azure-native:applicationinsights:Component",
        RG + "Microsoft.Insights/components/{resourceName}",
        {
            "appId": "{guid:app}",
            "applicationId": "{resourceName}",
            "tenantId": "{tenantId}",
            # Not marked secret by azure-native (the spec has no `x-ms-secret` on them), and Microsoft says of
            # both that they identify and do not authenticate (learn.microsoft.com
            # azure-monitor/app/connection-strings).
            "instrumentationKey": "{guid:instrumentation}",
            "connectionString": "InstrumentationKey={guid:instrumentation};"
            "IngestionEndpoint=https://{location}-0.in.applicationinsights.azure.com/;"
            "LiveEndpoint=https://{location}.livediagnostics.monitor.azure.com/;ApplicationId={guid:app}",
        },
    ),
    entry(
        "azure-native:monitor:DiagnosticSetting",
        "{resourceUri}/providers/Microsoft.Insights/diagnosticSettings/{name}",
    ),
    entry("azure-native:monitor:ActionGroup", RG + "Microsoft.Insights/actionGroups/{actionGroupName}"),
    entry("azure-native:monitor:PrivateLinkScope", RG + "Microsoft.Insights/privateLinkScopes/{scopeName}"),
    entry(
        "azure-native:monitor:PrivateLinkScopedResource",
        RG + "Microsoft.Insights/privateLinkScopes/{scopeName}/scopedResources/{name}",
    ),
    entry("azure-native:consumption:Budget", "{scope}/providers/Microsoft.Consumption/budgets/{budgetName}"),
    entry(
        "azure-native:authorization:RoleAssignment",
        "{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
        guid_name=True,
    ),
    entry(
        "azure-native:authorization:RoleDefinition",
        "{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
        guid_name=True,
    ),
    entry(
        "azure-native:authorization:ManagementLockByScope",
        "{scope}/providers/Microsoft.Authorization/locks/{lockName}",
    ),
    entry(
        "azure-native:authorization:ManagementLockAtResourceGroupLevel",
        RG + "Microsoft.Authorization/locks/{lockName}",
    ),
    entry(
        "azure-native:authorization:ManagementLockAtResourceLevel",
        RG + "{resourceProviderNamespace}/{parentResourcePath}/{resourceType}/{resourceName}"
        "/providers/Microsoft.Authorization/locks/{lockName}",
    ),
    entry(
        "azure-native:managedidentity:UserAssignedIdentity",
        _IDENTITY,
        {"principalId": "{guid:principal}", "clientId": "{guid:client}", "tenantId": "{tenantId}"},
    ),
    entry(
        "azure-native:managedidentity:FederatedIdentityCredential",
        _IDENTITY + "/federatedIdentityCredentials/{federatedIdentityCredentialResourceName}",
    ),
    entry("azure-native:keyvault:Vault", _VAULT, {"properties.vaultUri": "https://{name}.vault.azure.net/"}),
    entry(
        "azure-native:keyvault:Secret",
        _VAULT + "/secrets/{secretName}",
        {
            "properties.secretUri": "https://{vaultName}.vault.azure.net/secrets/{name}",
            "properties.secretUriWithVersion": "https://{vaultName}.vault.azure.net/secrets/{name}/{hex:32}",
        },
    ),
    entry(
        "azure-native:keyvault:Key",
        _VAULT + "/keys/{keyName}",
        {
            "keyUri": "https://{vaultName}.vault.azure.net/keys/{name}",
            "keyUriWithVersion": "https://{vaultName}.vault.azure.net/keys/{name}/{hex:32}",
        },
    ),
    entry(
        "azure-native:containerregistry:Registry",
        RG + "Microsoft.ContainerRegistry/registries/{registryName}",
        {"loginServer": "{name}.azurecr.io", "status.displayStatus": "Ready"},
    ),
    *(
        entry(
            f"azure-native:containerregistry:{kind}",
            RG + f"Microsoft.ContainerRegistry/registries/{{registryName}}/{path}",
            {"provisioningState": "Succeeded"},
        )
        for kind, path in (
            ("Task", "tasks/{taskName}"),
            ("CacheRule", "cacheRules/{cacheRuleName}"),
            ("Replication", "replications/{replicationName}"),
            ("ScopeMap", "scopeMaps/{scopeMapName}"),
            ("Webhook", "webhooks/{webhookName}"),
        )
    ),
    # One entry of a vault's list, and no ARM resource of its own (pulumi-azure-native
    # provider/pkg/resources/customresources).
    entry("azure-native:keyvault:AccessPolicy", _VAULT + "/accessPolicy/{policy[objectId]}"),
)
