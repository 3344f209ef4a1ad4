"""Azure as the checks see it: one client for each service, and every failure as one of three kinds."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from azure.core import PipelineClient
from azure.core.credentials import TokenCredential
from azure.core.exceptions import AzureError, ClientAuthenticationError, HttpResponseError
from azure.core.pipeline.policies import BearerTokenCredentialPolicy, RetryPolicy
from azure.core.rest import HttpRequest, HttpResponse
from azure.mgmt.authorization.v2022_04_01 import AuthorizationManagementClient
from azure.mgmt.compute import ComputeManagementClient
from azure.mgmt.containerregistry import ContainerRegistryManagementClient
from azure.mgmt.keyvault import KeyVaultManagementClient
from azure.mgmt.loganalytics import LogAnalyticsManagementClient
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.resource.resources import ResourceManagementClient
from azure.mgmt.resource.subscriptions import SubscriptionClient
from azure.mgmt.storage import StorageManagementClient

from azure_facts.well_known_applications import AZURE_DATABRICKS

ARM = "https://management.azure.com"
GRAPH = "https://graph.microsoft.com"
DATABRICKS_ACCOUNT = "https://accounts.azuredatabricks.net"
DATABRICKS_SCOPE = f"{AZURE_DATABRICKS}/.default"
LOGIN = "az login --tenant TENANT"


class CannotLookError(Exception):
    """Azure gave no answer that a check could judge; `run` is what may help."""

    def __init__(self, message: str, run: str) -> None:
        super().__init__(message)
        self.run = run


@dataclass(frozen=True)
class Patience:
    """How long one request may take. Azure's Retry-After is obeyed within `seconds_in_all`."""

    retries: int = 4
    connect_seconds: float = 10
    read_seconds: float = 30
    seconds_in_all: float = 120


@dataclass(frozen=True)
class Caller:
    """Who the credential is, as its token says."""

    tenant_id: str
    object_id: str


@dataclass(frozen=True)
class Azure:
    """The clients of one subscription. `options` goes to each client: tests lead them to a fake that way."""

    credential: TokenCredential
    subscription_id: str
    base_url: str = ARM
    graph_url: str = GRAPH
    databricks_account_url: str = DATABRICKS_ACCOUNT
    databricks_workspace_scheme: str = "https"
    patience: Patience = Patience()
    options: dict[str, Any] = field(default_factory=dict)  # what azure-core's clients take

    def caller(self) -> Caller:
        """Read from the token's own claims; nothing is trusted that Azure does not check again."""
        with looking("the sign-in", "a sign-in"):
            token = self.credential.get_token(f"{ARM}/.default").token
        try:
            payload = token.split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
            return Caller(str(claims["tid"]), str(claims["oid"]))
        except (IndexError, KeyError, TypeError, ValueError, binascii.Error) as error:
            raise CannotLookError("the token names no tenant and object", LOGIN) from error

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

    def send(
        self,
        method: str,
        url: str,
        scope: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> HttpResponse:
        """One request to what no library of Azure's speaks to; any status is an answer. Raises AzureError for none."""
        client: PipelineClient[HttpRequest, HttpResponse] = PipelineClient(
            url,
            policies=[
                *self.options.get("per_call_policies", []),
                RetryPolicy(retry_total=self.patience.retries, timeout=int(self.patience.seconds_in_all)),
                BearerTokenCredentialPolicy(self.credential, scope),
            ],
        )
        with client:
            return client.send_request(
                HttpRequest(method, url, json=body, headers=dict(headers or {})),
                connection_timeout=self.patience.connect_seconds,
                read_timeout=self.patience.read_seconds,
            )

    def ask(self, method: str, path: str, version: str, body: object = None) -> dict[str, Any] | None:
        """Resource Manager's answer below the subscription; None for 404. Raises HttpResponseError for another."""
        url = f"{self.base_url}/subscriptions/{self.subscription_id}{path}?api-version={version}"
        answer = self.send(method, url, f"{ARM}/.default", body)
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        return answer.json()

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


@contextmanager
def looking(at: str, role: str) -> Iterator[None]:
    """Turns Azure's errors into `CannotLookError`; `role` is the least one that may look."""
    try:
        yield
    except ClientAuthenticationError as error:
        raise CannotLookError(
            f"Azure does not accept the sign-in ({_sign_in_problem(error)})", LOGIN
        ) from error
    except HttpResponseError as error:
        if error.status_code == 403:
            raise CannotLookError(
                f"this identity may not look at {at}: it needs {role}",
                f'az role assignment create --assignee OBJECT_ID --role "{role}" --scope /subscriptions/SUBSCRIPTION',
            ) from error
        if error.status_code == 429:
            raise CannotLookError(
                f"Azure throttles the look at {at}", "the same again in some minutes"
            ) from error
        raise CannotLookError(
            f"Azure answered {error.status_code} for {at} ({_short(error)})", "az account show"
        ) from error
    except AzureError as error:  # no answer: no route, a timeout, a connection that broke
        raise CannotLookError(f"no answer about {at} ({_short(error)})", "az account show") from error


def _short(error: AzureError) -> str:
    text = " ".join(str(error.message).split())
    return text if len(text) <= 160 else text[:159] + "…"


def _sign_in_problem(error: AzureError) -> str:
    """Entra's own sentence where there is one: DefaultAzureCredential puts every way that it tried before it."""
    text = " ".join(str(error.message).split())
    entra = re.search(r"AADSTS[0-9]+:[^.]*\.?", text)
    if entra:
        return entra[0]
    if "DefaultAzureCredential failed" in text:
        return "nobody is signed in: no az login, no managed identity, no AZURE_ variables"
    return _short(error)
