"""What the codes of a refused deployment mean for somebody who declares resources, and what helps.

Sources, read 2026-11-30: MicrosoftDocs/azure-docs articles/azure-resource-manager/troubleshooting/
common-deployment-errors.md (the codes), error-policy-requestdisallowedbypolicy.md, error-sku-not-available.md;
Azure/azure-rest-api-specs Microsoft.Resources/deployments/stable/2025-04-01/examples/PostDeploymentValidateOn*.json
(how they are nested, and the diagnostics); github.com/Azure/azure-powershell/issues/1925 and
MicrosoftLearning/AZ-300-MicrosoftAzureArchitectTechnologies/issues/127 (quotas);
github.com/Azure-Samples/azure-digital-twins-unreal-integration/issues/7 (`ValidationForResourceFailed`).
"""

from __future__ import annotations

from collections.abc import Mapping

WRAPPERS = frozenset(
    {
        "DeploymentFailed",
        "InvalidTemplateDeployment",
        "MultipleErrorsOccurred",
        "PreflightValidationCheckFailed",
        "ValidationForResourceFailed",
    }
)
"""Codes that say nothing themselves where details are given."""

POLICY = "RequestDisallowedByPolicy"

WHAT_HELPS: Mapping[str, str] = {
    "AccountNameInvalid": "3 to 24 lower-case letters and digits",
    "AllocationFailed": "try again later, or choose another size",
    "AuthorizationFailed": "give the identity a role with this action at this scope, or let who deploys ask; a "
    "resource provider that is not registered answers so, too: make preflight",
    "InvalidSubscriptionRegistrationState": "register the resource provider: make preflight FIX=--fix",
    "LinkedAuthorizationFailed": "give the identity a role on the resource that is referred to",
    "MissingRegistrationForLocation": "register the resource provider: make preflight FIX=--fix",
    "MissingSubscriptionRegistration": "register the resource provider: make preflight FIX=--fix",
    "NoRegisteredProviderFound": "register the resource provider: make preflight FIX=--fix; else the region or the API "
    "version does not have the type",
    "OperationNotAllowed": "the SKU does not allow it, or a quota is used up: ask for more in the portal under Quotas",
    "ParentResourceNotFound": "declare the parent, or name one that is there",
    "PublicIPCountLimitReached": "ask for more public IP addresses in the portal under Quotas",
    "QuotaExceeded": "ask for more in the portal under Quotas, or choose a smaller or another size",
    "RegionDoesNotAllowProvisioning": "choose another region, or ask for access to this one",
    "ReservedResourceName": "choose a name without a reserved word",
    "ResourceGroupBeingDeleted": "wait until it is deleted",
    "ResourceGroupNotFound": "declare the resource group, or name one that is there",
    "ResourceQuotaExceeded": "ask for more in the portal under Quotas, or declare less",
    "SkuNotAvailable": "choose a size, a zone or a region that az vm list-skus offers to the subscription",
    "StorageAccountAlreadyExists": "choose another name: raise the part's generation",
    "StorageAccountAlreadyTaken": "choose another name: raise the part's generation",
    "StorageAccountInAnotherResourceGroup": "choose another name: raise the part's generation",
    "SubnetIsFull": "choose a larger subnet",
    "SubscriptionNotRegistered": "register the resource provider: make preflight FIX=--fix",
    "SubscriptionIsOverQuotaForSku": "ask for more in the portal under Quotas, or choose another SKU or region",
    POLICY: "change what the policy looks at, or ask for an exemption of the assignment",
}
"""What helps, by code."""

NO_JUDGEMENT = frozenset({"AuthorizationFailed", "DeploymentJobSizeExceeded", "JobSizeExceeded"})
"""Codes of an answer that says nothing about a resource: the identity may not ask, or the template is too large."""

NOT_VALIDATED = frozenset(
    {
        "NestedDeploymentExpansionLimitReached",
        "NestedDeploymentShortCircuited",
        "NestedDeploymentSkippedFromInternalExpansion",
    }
)
"""Diagnostics of a validation that succeeds without having looked at everything."""
