"""Which services a stack makes, of those whose API versions the pinned provider decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from infra.conventions.provider_versions import PROVIDER_API_VERSIONS
from infra.settings.base import ExistingOrNew
from infra.settings.lake import Lake
from infra.settings.platform import PlatformSettings


def _made(service: ExistingOrNew | Lake | None) -> bool:
    return service is not None and service.existing_resource_id is None


def _key_vaults(settings: PlatformSettings) -> bool:
    own = settings.ml is not None and _made(settings.ml.workspace.key_vault)
    scopes = settings.databricks is not None and bool(settings.databricks.own_vaults)
    return own or scopes or bool(settings.encryption.customer_managed_keys)


def _extensions(settings: PlatformSettings) -> bool:
    """The scoring cluster carries Azure ML's, and Flux."""
    return _clusters(settings)


def _clusters(settings: PlatformSettings) -> bool:
    return settings.serving is not None and settings.serving.cluster is not None


def _storage_accounts(settings: PlatformSettings) -> bool:
    account = settings.ml.workspace.storage_account if settings.ml else None
    return _made(account) or _made(settings.lake)


_DECLARED: Mapping[str, Callable[[PlatformSettings], bool]] = MappingProxyType(
    {
        "Microsoft.KeyVault/vaults": _key_vaults,
        "Microsoft.ContainerRegistry/registries": lambda settings: (
            settings.ml is not None and _made(settings.ml.workspace.container_registry)
        ),
        "Microsoft.MachineLearningServices/workspaces": lambda settings: settings.ml is not None,
        "Microsoft.Databricks/workspaces": lambda settings: settings.databricks is not None,
        "Microsoft.ContainerService/managedClusters": _clusters,
        "Microsoft.KubernetesConfiguration/extensions": _extensions,
        "Microsoft.Storage/storageAccounts": _storage_accounts,
        "Microsoft.OperationalInsights/workspaces": lambda settings: _made(
            settings.observability.log_analytics
        ),
        "Microsoft.Insights/components": lambda settings: _made(settings.observability.application_insights),
        "Microsoft.Authorization/roleAssignments": lambda _settings: True,
    }
)


def declared_services(settings: PlatformSettings) -> Mapping[str, str]:
    """ARM type to API version, of what this stack makes. What waits for the hub counts: it is declared, and comes."""
    return {name: version for name, version in PROVIDER_API_VERSIONS.items() if _DECLARED[name](settings)}
