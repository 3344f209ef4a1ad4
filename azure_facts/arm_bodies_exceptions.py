"""Where a class of pulumi-azure-native does not say by its own names and texts what is sent.

Read on 2026-11-30 in the REST specifications (github.com/Azure/azure-rest-api-specs).
"""

from __future__ import annotations

from collections.abc import Mapping

QUERY: Mapping[str, frozenset[str]] = {
    "azure-native:authorization:ManagementLockAtResourceLevel": frozenset({"apiVersion"}),
    "azure-native:machinelearningservices:Datastore": frozenset({"skipValidation"}),
    "azure-native:network:VirtualNetworkPeering": frozenset({"syncRemoteAddressSpace"}),
    "azure-native:storage:FileShare": frozenset({"expand"}),
    "azure-native:synapse:BigDataPool": frozenset({"force"}),
}
"""Inputs that are sent in the query of the PUT: no body has them, and the operation does (`in: query` in
Microsoft.Storage 2024-01-01 file.json, Microsoft.Synapse 2021-06-01 bigDataPool.json)."""

PLACES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    # `x-ms-client-name` in Microsoft.Insights 2022-06-15 webTests_API.json: two properties differ from the
    # envelope's by case only.
    "applicationinsights:WebTest": {
        "webTestKind": ("properties", "Kind"),
        "webTestName": ("properties", "Name"),
    },
    # One class of the SDK serves several API versions, and has what only a later one knows.
    "containerinstance:AzureFileVolume": {"storageAccountKeyReference": ("storageAccountKeyReference",)},
    "containerinstance:EnvironmentVariable": {"secureValueReference": ("secureValueReference",)},
    "containerinstance:ImageRegistryCredential": {"passwordReference": ("passwordReference",)},
    "containerinstance:Volume": {"secretReference": ("secretReference",)},
    "network:Subnet": {"serviceGateway": ("properties", "serviceGateway")},
    "resources:DeploymentParameter": {"expression": ("expression",), "type": ("type",)},
}
"""By module and class: places that neither a name nor a description leads to."""

ARM_TYPES: Mapping[str, str] = {
    # Each record type is a type of its own, and all have one body.
    "Microsoft.Network/privateDnsZones/{recordType}": "Microsoft.Network/privateDnsZones/A",
}
"""Types by the text of the rehearsal's catalogue that are published under another."""

NO_PUT: Mapping[str, str] = {
    "azure-native:keyvault:AccessPolicy": "ARM knows it as an entry of its vault only",
    "azure-native:storage:Blob": "the storage account takes it, and not ARM",
    "azure-native:storage:BlobContainerLegalHold": "an action sets it, and no PUT",
    "azure-native:storage:StorageAccountStaticWebsite": "the storage account takes it, and not ARM",
}
"""What azure-native makes without a PUT to ARM, and why (github.com/pulumi/pulumi-azure-native
provider/pkg/resources/customresources/customresources.go, read 2026-11-30)."""

ENVELOPE = frozenset(
    {
        "eTag",
        "etag",
        "extendedLocation",
        "identity",
        "kind",
        "location",
        "managedBy",
        "plan",
        "properties",
        "sku",
        "tags",
        "zones",
    }
)
"""What a body holds beside `properties` (learn.microsoft.com javascript/api/@azure/arm-resources/genericresource, read
2026-11-30), and the zones and the entity tag that some types have."""
