"""Azure Kubernetes Service and its extensions."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import OutputSet, entry

_CLUSTER = RG + "Microsoft.ContainerService/managedClusters/{resourceName}"
_NODE_GROUP = "MC_{resourceGroupName}_{resourceName}_{location}"

KUBERNETES = (
    entry(
        "azure-native:containerservice:ManagedCluster",
        _CLUSTER,
        {
            "nodeResourceGroup": _NODE_GROUP,
            "fqdn": "{dnsPrefix}-{alnum:8}.hcp.{location}.azmk8s.io",
            "currentKubernetesVersion": "{kubernetesVersion}",
            "maxAgentPools": 100,
            "resourceUID": "{hex:24}",
            "powerState.code": "Running",
            "identityProfile.kubeletidentity.clientId": "{guid:kubelet-client}",
            "identityProfile.kubeletidentity.objectId": "{guid:kubelet-principal}",
            "identityProfile.kubeletidentity.resourceId": "/subscriptions/{subscriptionId}/resourceGroups/"
            + _NODE_GROUP
            + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}-agentpool",
        },
        OutputSet(
            {"privateFQDN": "{dnsPrefix}-{alnum:8}.{guid:private}.privatelink.{location}.azmk8s.io"},
            when="apiServerAccessProfile.enablePrivateCluster",
        ),
        OutputSet(
            {
                "oidcIssuerProfile.issuerURL": "https://{location}.oic.prod-aks.azure.com/{tenantId}/{guid:oidc}/"
            },
            when="oidcIssuerProfile.enabled",
        ),
    ),
    entry(
        "azure-native:containerservice:AgentPool",
        _CLUSTER + "/agentPools/{agentPoolName}",
        # `type` is an input here (the scale set kind), not the ARM type.
        {"type": "VirtualMachineScaleSets", "powerState.code": "Running"},
    ),
    entry(
        "azure-native:containerservice:TrustedAccessRoleBinding",
        _CLUSTER + "/trustedAccessRoleBindings/{trustedAccessRoleBindingName}",
    ),
    entry(
        "azure-native:containerservice:MaintenanceConfiguration",
        _CLUSTER + "/maintenanceConfigurations/{configName}",
    ),
    entry(
        "azure-native:kubernetesconfiguration:Extension",
        RG + "{clusterRp}/{clusterResourceName}/{clusterName}"
        "/providers/Microsoft.KubernetesConfiguration/extensions/{extensionName}",
        {"currentVersion": "{version}"},
    ),
    entry(
        "azure-native:kubernetesconfiguration:FluxConfiguration",
        RG + "{clusterRp}/{clusterResourceName}/{clusterName}"
        "/providers/Microsoft.KubernetesConfiguration/fluxConfigurations/{fluxConfigurationName}",
        {"complianceState": "Pending", "provisioningState": "Succeeded"},
    ),
)
