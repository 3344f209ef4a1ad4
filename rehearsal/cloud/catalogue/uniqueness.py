"""Names that must be unique beyond their parent, mostly because they become DNS labels."""

from __future__ import annotations

from dataclasses import dataclass

_NAME_RULES = "learn.microsoft.com azure/azure-resource-manager/management/resource-name-rules"


@dataclass(frozen=True)
class UniqueName:
    """`property` holds the name; names of one `space` must differ; `scope` and `code` are how the service
    says it."""

    property: str
    space: str
    scope: str
    code: str
    source: str = _NAME_RULES


UNIQUE_NAMES = {
    "azure-native:storage:StorageAccount": UniqueName(
        "accountName", "storage", "across all of Azure", "StorageAccountAlreadyTaken"
    ),
    "azure-native:keyvault:Vault": UniqueName(
        "vaultName", "vault", "across all of Azure", "VaultAlreadyExists"
    ),
    "azure-native:containerregistry:Registry": UniqueName(
        "registryName", "acr", "across all of Azure", "AlreadyInUse"
    ),
    "azure-native:machinelearningservices:Registry": UniqueName(
        "registryName",
        "ml-registry",
        "in the Entra tenant",
        "UserError",
        "learn.microsoft.com machine-learning/how-to-manage-registries",
    ),
    "azure-native:machinelearningservices:OnlineEndpoint": UniqueName(
        "endpointName",
        "ml-endpoint",
        "in the region",
        "UserError",
        "learn.microsoft.com machine-learning/how-to-manage-quotas",
    ),
    "azure-native:machinelearningservices:BatchEndpoint": UniqueName(
        "endpointName",
        "ml-endpoint",
        "in the region",
        "UserError",
        "learn.microsoft.com machine-learning/how-to-manage-quotas",
    ),
}
