"""Storage accounts and what lives in them."""

from __future__ import annotations

from rehearsal.cloud.catalogue.entry import IN_RESOURCE_GROUP as RG
from rehearsal.cloud.catalogue.entry import entry

_ACCOUNT = RG + "Microsoft.Storage/storageAccounts/{accountName}"
_SERVICES = ("blob", "dfs", "file", "queue", "table")

STORAGE = (
    entry(
        "azure-native:storage:StorageAccount",
        _ACCOUNT,
        {
            "primaryLocation": "{location}",
            "statusOfPrimary": "available",
            **{
                f"primaryEndpoints.{service}": f"https://{{name}}.{service}.core.windows.net/"
                for service in _SERVICES
            },
            # The zone of a static website depends on the stamp (z1 to z99); any is as good as another here.
            "primaryEndpoints.web": "https://{name}.z6.web.core.windows.net/",
        },
    ),
    entry(
        "azure-native:storage:BlobServiceProperties",
        _ACCOUNT + "/blobServices/{blobServicesName}",
        default_names={"blobServicesName": "default"},
    ),
    entry(
        "azure-native:storage:BlobContainer", _ACCOUNT + "/blobServices/default/containers/{containerName}"
    ),
    entry(
        "azure-native:storage:FileServiceProperties",
        _ACCOUNT + "/fileServices/{fileServicesName}",
        default_names={"fileServicesName": "default"},
    ),
    entry("azure-native:storage:FileShare", _ACCOUNT + "/fileServices/default/shares/{shareName}"),
    entry("azure-native:storage:Queue", _ACCOUNT + "/queueServices/default/queues/{queueName}"),
    entry("azure-native:storage:Table", _ACCOUNT + "/tableServices/default/tables/{tableName}"),
    entry(
        "azure-native:storage:ManagementPolicy",
        _ACCOUNT + "/managementPolicies/{managementPolicyName}",
        default_names={"managementPolicyName": "default"},
    ),
    entry(
        "azure-native:storage:QueueServiceProperties",
        _ACCOUNT + "/queueServices/{queueServiceName}",
        default_names={"queueServiceName": "default"},
    ),
    entry(
        "azure-native:storage:TableServiceProperties",
        _ACCOUNT + "/tableServices/{tableServiceName}",
        default_names={"tableServiceName": "default"},
    ),
    entry("azure-native:storage:EncryptionScope", _ACCOUNT + "/encryptionScopes/{encryptionScopeName}"),
    entry(
        "azure-native:storage:BlobInventoryPolicy",
        _ACCOUNT + "/inventoryPolicies/{blobInventoryPolicyName}",
        default_names={"blobInventoryPolicyName": "default"},
    ),
    # No ARM resource: the provider writes the blob itself and makes this id of it (pulumi-azure-native
    # provider/pkg/resources/customresources).
    entry(
        "azure-native:storage:Blob",
        _ACCOUNT + "/blobServices/default/containers/{containerName}/blobs/{blobName}",
        {"url": "https://{accountName}.blob.core.windows.net/{containerName}/{name}"},
    ),
)
