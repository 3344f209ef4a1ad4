"""The API versions that the pinned provider calls, for the services whose versions retire."""

from __future__ import annotations

from collections.abc import Mapping

PROVIDER = "pulumi-azure-native 3.29.0"
"""The pinned provider; `requirements.txt` has its hash."""

PROVIDER_API_VERSIONS: Mapping[str, str] = {
    "Microsoft.KeyVault/vaults": "2024-11-01",
    "Microsoft.ContainerRegistry/registries": "2023-01-01-preview",
    "Microsoft.MachineLearningServices/workspaces": "2025-12-01",
    "Microsoft.Databricks/workspaces": "2026-01-01",
    "Microsoft.ContainerService/managedClusters": "2025-09-01",
    "Microsoft.KubernetesConfiguration/extensions": "2023-05-01",
    "Microsoft.Storage/storageAccounts": "2024-01-01",
    "Microsoft.OperationalInsights/workspaces": "2023-09-01",
    "Microsoft.Insights/components": "2020-02-02",
    "Microsoft.Authorization/roleAssignments": "2022-04-01",
}
"""ARM type to the default API version of that provider; its SDK's docstrings say the same, and a test compares."""
