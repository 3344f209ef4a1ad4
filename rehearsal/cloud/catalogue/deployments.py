"""What data and its releases add: template deployments (how a program makes what the provider has no type for), and
policies of containers."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import entry

DEPLOYMENTS = (
    entry("azure-native:resources:Deployment", RG + "Microsoft.Resources/deployments/{deploymentName}"),
    entry(
        "azure-native:resources:DeploymentAtSubscriptionScope",
        "/subscriptions/{subscriptionId}/providers/Microsoft.Resources/deployments/{deploymentName}",
    ),
    entry(
        "azure-native:storage:BlobContainerImmutabilityPolicy",
        RG + "Microsoft.Storage/storageAccounts/{accountName}/blobServices/default/containers/{containerName}"
        "/immutabilityPolicies/{immutabilityPolicyName}",
        {"state": "Unlocked"},
        default_names={"immutabilityPolicyName": "default"},
    ),
)
