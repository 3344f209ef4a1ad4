"""Azure as the checks of preflight see it: one client for each service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from azure.core.credentials import TokenCredential
from azure.mgmt.authorization.v2022_04_01 import AuthorizationManagementClient
from azure.mgmt.compute import ComputeManagementClient
from azure.mgmt.containerregistry import ContainerRegistryManagementClient
from azure.mgmt.keyvault import KeyVaultManagementClient
from azure.mgmt.loganalytics import LogAnalyticsManagementClient
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.resource.resources import ResourceManagementClient
from azure.mgmt.resource.subscriptions import SubscriptionClient
from azure.mgmt.storage import StorageManagementClient

from infra.live.session import Session

DATABRICKS_ACCOUNT = "https://accounts.azuredatabricks.net"


@dataclass(frozen=True)
class Azure(Session):
    """The clients of one subscription."""

    databricks_account_url: str = DATABRICKS_ACCOUNT
    databricks_workspace_scheme: str = "https"

    def subscriptions(self) -> SubscriptionClient:
        """The subscription itself."""
        return SubscriptionClient(self.credential, self.base_url, **self._options())

    def resources(self) -> ResourceManagementClient:
        """Resource groups and providers."""
        return ResourceManagementClient(*self._arguments(), self.base_url, **self._options())

    def authorization(self) -> AuthorizationManagementClient:
        """Roles and their assignments."""
        return AuthorizationManagementClient(*self._arguments(), base_url=self.base_url, **self._options())

    def compute(self) -> ComputeManagementClient:
        """VM quotas."""
        return ComputeManagementClient(*self._arguments(), self.base_url, **self._options())

    def container_registries(self) -> ContainerRegistryManagementClient:
        """Names of registries."""
        return ContainerRegistryManagementClient(*self._arguments(), self.base_url, **self._options())

    def key_vaults(self) -> KeyVaultManagementClient:
        """Names of vaults, deleted ones too."""
        return KeyVaultManagementClient(*self._arguments(), self.base_url, **self._options())

    def log_analytics(self) -> LogAnalyticsManagementClient:
        """Deleted workspaces."""
        return LogAnalyticsManagementClient(*self._arguments(), self.base_url, **self._options())

    def machine_learning(self) -> MachineLearningServicesMgmtClient:
        """Azure ML's own quotas."""
        return MachineLearningServicesMgmtClient(*self._arguments(), self.base_url, **self._options())

    def storage(self) -> StorageManagementClient:
        """Names of storage accounts."""
        return StorageManagementClient(*self._arguments(), self.base_url, **self._options())

    def _arguments(self) -> tuple[TokenCredential, str]:
        return self.credential, self.subscription_id

    def _options(self) -> dict[str, Any]:
        return {
            "retry_total": self.patience.retries,
            "connection_timeout": self.patience.connect_seconds,
            "read_timeout": self.patience.read_seconds,
            "timeout": self.patience.seconds_in_all,
            **self.options,
        }
