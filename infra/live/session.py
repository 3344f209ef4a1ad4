"""Who is signed in, and one request at a time in their name."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from azure.core import PipelineClient
from azure.core.credentials import TokenCredential
from azure.core.pipeline import PipelineResponse
from azure.core.pipeline.policies import BearerTokenCredentialPolicy, RetryPolicy
from azure.core.rest import HttpRequest, HttpResponse

from azure_facts.well_known_applications import AZURE_DATABRICKS
from infra.live.errors import LOGIN, CannotLookError, looking

ARM = "https://management.azure.com"
GRAPH = "https://graph.microsoft.com"
DATABRICKS_SCOPE = f"{AZURE_DATABRICKS}/.default"


@dataclass(frozen=True)
class Patience:
    """How long one request may take. Azure's Retry-After is obeyed within `seconds_in_all`."""

    retries: int = 4
    connect_seconds: float = 10
    read_seconds: float = 30
    seconds_in_all: float = 120


@dataclass(frozen=True)
class Caller:
    """Who the credential is, as its token says. `application_id`: of a service principal's or a person's client."""

    tenant_id: str
    object_id: str
    application_id: str = ""
    resource_id: str = ""
    """Of a managed identity: the ARM id of itself, or of the resource whose own identity it is."""
    groups: frozenset[str] = frozenset()
    """Object ids in lower case, where the token lists them: it lists none for many."""
    is_person: bool = False


class _Retries(RetryPolicy):
    """azure-core sleeps as long as a Retry-After says, and looks at its own time limit only then: an hour's throttling
    would take the hour. Here such an answer is the last one, and a Retry-After that is no time counts as none."""

    def get_retry_after(self, response: PipelineResponse[Any, Any]) -> float | None:
        """Seconds; None where the answer says none."""
        try:
            return super().get_retry_after(response)
        except ValueError:
            return None

    def is_retry(self, settings: dict[str, Any], response: PipelineResponse[Any, Any]) -> bool:
        """Whether the request is sent again."""
        if not super().is_retry(settings, response):
            return False
        return (self.get_retry_after(response) or 0) < settings["timeout"]


@dataclass(frozen=True)
class Session:
    """`options` goes to each client: tests lead them to a fake that way."""

    credential: TokenCredential
    subscription_id: str
    base_url: str = ARM
    graph_url: str = GRAPH
    patience: Patience = Patience()
    options: dict[str, Any] = field(default_factory=dict)  # what azure-core's clients take

    def within(self, seconds: float) -> Session:
        """The same with no more patience than that, but for a second."""
        most = max(1.0, min(seconds, self.patience.seconds_in_all))
        return replace(self, patience=replace(self.patience, seconds_in_all=most))

    def caller(self) -> Caller:
        """Read from the token's own claims; nothing is trusted that Azure does not check again."""
        with looking("the sign-in", "a sign-in"):
            token = self.credential.get_token(f"{ARM}/.default").token
        try:
            payload = token.split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
            listed = claims.get("groups", [])
            return Caller(
                str(claims["tid"]),
                str(claims["oid"]),
                application_id=str(claims.get("appid", "")),
                resource_id=str(claims.get("xms_mirid", "")),
                groups=frozenset(str(one).lower() for one in listed),
                is_person=claims.get("idtyp") == "user" or "upn" in claims,
            )
        except (IndexError, KeyError, TypeError, ValueError, AttributeError, binascii.Error) as error:
            raise CannotLookError("the token names no tenant and object", LOGIN) from error

    def send(
        self,
        method: str,
        url: str,
        scope: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        authority: str = "",
    ) -> HttpResponse:
        """One request to what no library of Azure's speaks to; any status is an answer. Raises AzureError for none.

        `authority`: the file of an authority of its own that signs the service's certificates.
        """
        return self._sent(
            HttpRequest(method, url, json=body, headers=dict(headers or {})),
            BearerTokenCredentialPolicy(self.credential, scope),
            authority,
        )

    def send_plain(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
    ) -> HttpResponse:
        """A request without a token of Entra's: it carries another credential, in its headers or in its form."""
        return self._sent(
            HttpRequest(method, url, headers=dict(headers or {}), data=dict(form) if form else None)
        )

    def _sent(
        self, request: HttpRequest, sign_in: BearerTokenCredentialPolicy | None = None, authority: str = ""
    ) -> HttpResponse:
        retry = _Retries(retry_total=self.patience.retries, timeout=int(self.patience.seconds_in_all))
        client: PipelineClient[HttpRequest, HttpResponse] = PipelineClient(
            request.url,
            policies=[
                *self.options.get("per_call_policies", []),
                retry,
                *([sign_in] if sign_in else []),
            ],
        )
        trusted: dict[str, Any] = {"connection_verify": authority} if authority else {}
        with client:
            return client.send_request(
                request,
                connection_timeout=self.patience.connect_seconds,
                read_timeout=self.patience.read_seconds,
                **trusted,
            )

    def ask(self, method: str, path: str, version: str, body: object = None) -> dict[str, Any] | None:
        """Resource Manager's answer below the subscription; None for 404. Raises HttpResponseError for another."""
        return self.ask_arm(method, f"/subscriptions/{self.subscription_id}{path}", version, body)

    def ask_arm(self, method: str, path: str, version: str, body: object = None) -> dict[str, Any] | None:
        """The same for an id of any subscription."""
        url = f"{self.base_url}{path}?api-version={version}"
        answer = self.send(method, url, f"{ARM}/.default", body)
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        return answer.json()
