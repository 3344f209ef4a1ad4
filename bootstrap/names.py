"""What the pieces are called: pure functions of workload, environment and subscription."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from bootstrap.options import Options

CONTAINER = "pulumi-state"
KEY = "pulumi-secrets"


@dataclass(frozen=True)
class Names:
    """Names and ids of one environment's pieces."""

    workload: str
    environment: str
    subscription: str
    home: str
    """The subscription of the pieces themselves: of the state, its key, the identities and the logs of them."""
    hub_network: str = ""
    """The hub's network, which is another team's."""

    @classmethod
    def of(cls, options: Options) -> Names:
        """The names that the options ask for."""
        return cls(
            options.workload, options.environment, options.subscription, options.home, options.hub_network
        )

    @property
    def _unique(self) -> str:
        """Storage accounts and vaults share their names with everybody in Azure."""
        text = f"{self.subscription}|{self.workload}|{self.environment}".lower()
        return hashlib.sha256(text.encode()).hexdigest()[:5]

    @property
    def group(self) -> str:
        """The resource group of all of them."""
        return f"rg-{self.workload}-bootstrap-{self.environment}"

    @property
    def account(self) -> str:
        """The storage account of the state."""
        return f"st{self.workload}{self.environment}{self._unique}"

    @property
    def vault(self) -> str:
        """The vault of the secrets' key."""
        return f"kv-{self.workload}-{self.environment}-{self._unique}"

    def identity(self, purpose: str) -> str:
        """The managed identity of a purpose."""
        return f"id-{self.workload}-{purpose}-{self.environment}"

    @property
    def log_workspace(self) -> str:
        """Where the activity log and the logs of state and vault go."""
        return f"log-{self.workload}-bootstrap-{self.environment}"

    def own_role(self, role: str) -> str:
        """A custom role's name is one of the whole tenant."""
        return f"{role} ({self.workload} {self.environment})"

    @property
    def subscription_id(self) -> str:
        """The ARM id of the environment's subscription."""
        return f"/subscriptions/{self.subscription}"

    @property
    def home_id(self) -> str:
        """The ARM id of the subscription of the pieces."""
        return f"/subscriptions/{self.home}"

    @property
    def inside(self) -> tuple[str, str, str, str]:
        """The options of az for what lies in the group."""
        return ("--resource-group", self.group, "--subscription", self.home)

    @property
    def group_id(self) -> str:
        """The resource group's ARM id."""
        return f"{self.home_id}/resourceGroups/{self.group}"

    @property
    def account_id(self) -> str:
        """The storage account's ARM id."""
        return f"{self.group_id}/providers/Microsoft.Storage/storageAccounts/{self.account}"

    @property
    def vault_id(self) -> str:
        """The vault's ARM id."""
        return f"{self.group_id}/providers/Microsoft.KeyVault/vaults/{self.vault}"

    @property
    def log_workspace_id(self) -> str:
        """The log workspace's ARM id."""
        return f"{self.group_id}/providers/Microsoft.OperationalInsights/workspaces/{self.log_workspace}"

    @property
    def key_id(self) -> str:
        """The key's ARM id."""
        return f"{self.vault_id}/keys/{KEY}"
