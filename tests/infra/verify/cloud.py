"""A deployed platform on loopback: every host leads to one fake, and names and ports are what the test says."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy

from infra.live.session import Patience, Session
from infra.settings.platform import PlatformSettings
from infra.verify.outcome import Outcome, Step, passed
from infra.verify.platform import Question, look
from infra.verify.promise import read_promises
from infra.verify.render import Report
from infra.verify.wire import Handshake, Wire
from tests.infra.preflight.fake_arm import Answer, FakeArm, fake_arm
from tests.infra.stack_settings import settings_of

SETTINGS = settings_of("dev")
TENANT = SETTINGS.azure.tenant_id
SUBSCRIPTION = f"/subscriptions/{SETTINGS.azure.subscription_id}"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg-forecast-dev-weu"
ANALYSTS = "a0000000-0000-4000-8000-000000000001"
ENGINEERS = "a0000000-0000-4000-8000-000000000002"
OBJECT = "a0000000-0000-4000-8000-000000000070"
APPLICATION = "a0000000-0000-4000-8000-000000000071"
LAKE = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stlake"
CURATED = f"{LAKE}/blobServices/default/containers/curated"
VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-one"
REGISTRY = f"{GROUP}/providers/Microsoft.ContainerRegistry/registries/crone"
ML = f"{GROUP}/providers/Microsoft.MachineLearningServices/workspaces/mlw-one"
ENDPOINT = f"{ML}/onlineEndpoints/demand"
DATABRICKS = f"{GROUP}/providers/Microsoft.Databricks/workspaces/dbw-one"
ADB = "adb-1.2.azuredatabricks.net"
CLUSTER = f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks-one"
LOGS = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/log-one"
_TYPES = (
    "Storage/storageAccounts",
    "KeyVault/vaults",
    "MachineLearningServices/workspaces",
    "MachineLearningServices/workspaces/onlineEndpoints",
    "MachineLearningServices/workspaces/jobs",
    "MachineLearningServices/workspaces/computes",
    "MachineLearningServices/workspaces/environments",
    "App/containerApps",
    "Databricks/workspaces",
    "ContainerService/managedClusters",
    "ManagedIdentity/userAssignedIdentities",
)


def promise(does: str, on: str, **other: Any) -> dict[str, Any]:
    """One promise to the analysts, from the internet."""
    return {
        "who": {"persona": "analyst", "group": ANALYSTS, "name": "analysts"},
        "from": {"place": "internet"},
        "does": does,
        "on": on,
        "setting": "access.personas.analyst",
        **other,
    }


def output(**promises: dict[str, Any]) -> dict[str, Any]:
    """The stack's output with these promises."""
    return {"form": 1, "places": {"internet": {"kind": "internet", "ranges": []}}, "promises": promises}


class Signed:
    """Somebody who is signed in, as these claims of the token say; each scope asked for is written down."""

    def __init__(self, **claims: Any) -> None:
        said = {"tid": TENANT, "oid": OBJECT, "appid": APPLICATION, "groups": [ANALYSTS], **claims}
        payload = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")
        self.token = f"header.{payload}.signature"
        self.asked: list[str] = []

    def get_token(self, *scopes: str, **_options: Any) -> AccessToken:
        self.asked += scopes
        return AccessToken(self.token, int(time.time()) + 3600)


class Refused(Signed):
    """Who is refused a token for scopes that hold this word, with what Entra says."""

    def __init__(self, word: str, says: str) -> None:
        super().__init__()
        self.word, self.says = word, says

    def get_token(self, *scopes: str, **_options: Any) -> AccessToken:
        if self.word in scopes[0]:
            raise ClientAuthenticationError(self.says)
        return super().get_token(*scopes)


class ToTheFake(SansIOHTTPPolicy[Any, Any]):
    """Every host is a folder of the fake; it speaks plain HTTP."""

    def __init__(self, arm: FakeArm) -> None:
        self.arm = arm

    def on_request(self, request: PipelineRequest[Any]) -> None:
        sent = request.http_request
        has_its_own_credential = "Authorization" in sent.headers or sent.url.endswith("/oauth2/exchange")
        if (
            not has_its_own_credential
        ):  # azure-core sends tokens over TLS only, unless a request says otherwise
            request.context.options["enforce_https"] = False
        url = urlsplit(sent.url)
        if not sent.url.startswith(self.arm.url):
            sent.url = f"{self.arm.url}/{url.netloc}{url.path}{f'?{url.query}' if url.query else ''}"


def azure(answers: Mapping[str, Sequence[Answer]]) -> dict[str, list[Answer]]:
    """What Resource Manager always answers, and `answers` besides: by "GET host/path" for other hosts."""
    common: dict[str, list[Answer]] = {f"GET {SUBSCRIPTION}": [Answer({"state": "Enabled"})]}
    for one in _TYPES:
        namespace, _, kind = one.partition("/")
        listed = common.setdefault(f"GET /providers/Microsoft.{namespace}", [Answer({"resourceTypes": []})])
        listed[0].body["resourceTypes"].append(
            {"resourceType": kind, "apiVersions": ["2027-01-01-preview", "2026-01-01", "2025-01-01"]}
        )
    given = {
        f"{key.split(' ')[0]} /{key.split(' ')[1].lstrip('/')}": list(value) for key, value in answers.items()
    }
    return common | given


def everywhere_public(host: str) -> tuple[str, ...]:
    """A public address for each name."""
    assert host
    return ("20.50.0.1",)


@dataclass
class Cloud:
    """`report` asks the promises of `output`. Ports answer without a connection: the road has tests of its own."""

    arm: FakeArm
    credential: Signed = field(default_factory=Signed)
    wire: Wire = field(default_factory=lambda: Open(resolve=everywhere_public, seconds=2))
    settings: PlatformSettings = SETTINGS

    @property
    def session(self) -> Session:
        """One that leads every host to the fake."""
        return Session(
            self.credential,
            self.settings.azure.subscription_id,
            base_url=self.arm.url,
            graph_url=f"{self.arm.url}/graph",
            patience=Patience(retries=1, connect_seconds=2, read_seconds=1, seconds_in_all=4),
            options={"per_call_policies": [ToTheFake(self.arm)]},
        )

    def report(
        self, given: dict[str, Any], *, place: str = "internet", seconds: float = 30, **other: Any
    ) -> Report:
        promises = read_promises(given)
        question = Question(
            stack=self.settings.environment.name,
            settings=self.settings,
            promises=promises,
            asked=promises.promises,
            outputs={},
            said_place=place,
            run=False,
            seconds=seconds,
        )
        return look(replace(question, **other), self.session, self.wire)

    def outcome(self, does: str, on: str, *, run: bool = False, **other: Any) -> Outcome:
        """Of one promise, from the internet."""
        (found,) = self.report(output(one=promise(does, on, **other)), run=run).run.outcomes
        return found


class Open(Wire):
    """A road that is open at every port."""

    def port(self, host: str, addresses: tuple[str, ...], port: int, handshake: Handshake) -> list[Step]:
        return [passed("tcp", f"{host} at {addresses[0]}:{port}, {handshake}")]


@contextmanager
def cloud(answers: Mapping[str, Sequence[Answer]], **other: Any) -> Iterator[Cloud]:
    """A platform that answers so."""
    with fake_arm(azure(answers)) as arm:
        yield Cloud(arm, **other)
