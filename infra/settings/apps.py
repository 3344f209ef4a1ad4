"""Apps on top: APIs and front ends on Container Apps, and AI service containers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import (
    Day,
    EnvironmentVariable,
    Generation,
    Guid,
    Key,
    LoadingContext,
    PlainText,
    Problem,
    SettingsModel,
)
from infra.settings.flux import GitSource, ManifestFolder

PLACEHOLDER_IMAGE = "mcr.microsoft.com/k8se/quickstart:latest"
"""Microsoft's own first image of a container app (learn.microsoft.com container-apps/get-started)."""
PLACEHOLDER_PORT = 80

ML_WORKSPACE_ID = "ML_WORKSPACE_ID"
ENDPOINT_NAME = "ENDPOINT_NAME_"
SCORING_URI = "SCORING_URI_"
OWN_VARIABLES = ("AZURE_CLIENT_ID", ML_WORKSPACE_ID, ENDPOINT_NAME, SCORING_URI)
"""Environment variables that the stack sets, or how they begin."""


class SignIn(SettingsModel):
    """People sign in with Entra before a request reaches the app."""

    client_id: Guid
    """Application id of the app's registration (az ad app show --id ... --query appId); docs/apps.md says how to
    register it."""
    redirect: bool = True
    """A front end sends people to the sign-in page; an API answers 401."""


class App(SettingsModel):
    """One container that scales to zero. Its image is released by a pipeline: this program sets the first one only."""

    first_image: Annotated[
        str, Field(pattern=r"^[a-z0-9.-]+(:[0-9]+)?/\S+(:[^\s:/]+|@sha256:[0-9a-f]{64})$")
    ] = PLACEHOLDER_IMAGE
    """The image until the first release, by tag or digest; it must exist. Changing it here after that has no
    effect."""
    port: Annotated[int, Field(ge=1, le=65535)] = PLACEHOLDER_PORT
    """Where the container listens, the first image too; Microsoft's placeholder listens on 80."""
    health_path: Annotated[str, Field(pattern=r"^/\S*$")] | None = None
    """Path of the readiness and liveness probes, by HTTP, without sign-in. Default: the probes only open the
    port."""
    cpu: Annotated[float, Field(ge=0.25, le=4)] = 0.5
    """In steps of 0.25; memory is twice as many GiB, the only ratio of the consumption profile."""
    min_replicas: Annotated[int, Field(ge=0, le=1000)] = 0
    """0 = none while there are no requests; the first request then waits for one. From 1 on an availability
    test calls it too."""
    max_replicas: Annotated[int, Field(ge=1, le=1000)] = 3
    concurrent_requests: Annotated[int, Field(ge=1, le=1000)] = 20
    """Requests at a time of one replica, above which another one starts."""
    calls: list[Key] | None = None
    """Keys of `serving.endpoints` that the app scores with. Default: all of them. The app's identity gets the
    right; the workspace is in ML_WORKSPACE_ID, and each address and name in SCORING_URI_KEY and
    ENDPOINT_NAME_KEY (dashes become underscores)."""
    sign_in: SignIn | None = None
    """Required."""
    environment: dict[EnvironmentVariable, PlainText] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.cpu * 4 != int(self.cpu * 4):
            yield Problem("cpu", f"is {self.cpu:g}; give a multiple of 0.25")
        if self.min_replicas > self.max_replicas:
            yield Problem(
                "min_replicas",
                f"is {self.min_replicas}, more than max_replicas {self.max_replicas}; give at most that",
            )
        if self.sign_in is None:
            yield Problem("sign_in", "is missing; every caller of an app must sign in: give client_id")
        yield from self._first_image_answers()
        for name in self.environment:
            if name.startswith(OWN_VARIABLES):
                yield Problem(f"environment.{name}", "is set by the stack; give the variable another name")

    def _first_image_answers(self) -> Iterator[Problem]:
        """A first revision that is not healthy fails the deployment."""
        if self.first_image != PLACEHOLDER_IMAGE:
            return
        if self.port != PLACEHOLDER_PORT:
            yield Problem(
                "port",
                f"is {self.port}, and the placeholder answers on {PLACEHOLDER_PORT}: let your image listen there too, "
                "or give first_image, an image that exists and listens on this port",
            )
        if self.health_path not in (None, "/"):
            yield Problem(
                "health_path",
                f"is {self.health_path}, and the placeholder answers / only: give first_image, an image that exists "
                "and answers this path, or set it after the first release",
            )


class AiServiceKind(StrEnum):
    """ARM kinds of the accounts that language containers are billed to."""

    LANGUAGE = "TextAnalytics"
    TRANSLATOR = "TextTranslation"


PAID_SKUS = {AiServiceKind.LANGUAGE: ("S",), AiServiceKind.TRANSLATOR: ("S1", "S2", "S3", "S4")}
"""Beside F0 (az cognitiveservices account list-skus --kind TextAnalytics --location westeurope)."""


class AiServiceHost(StrEnum):
    """Where the container runs."""

    CONTAINER_INSTANCE = "container_instance"
    KUBERNETES = "kubernetes"


class AiService(SettingsModel):
    """An AI services account for billing, and its container: on a container instance, or on the scoring cluster, where
    Flux brings it from git."""

    kind: AiServiceKind = AiServiceKind.LANGUAGE
    sku: Annotated[str, Field(pattern=r"^(F0|S|S[1-4])$")] = "S"
    """F0 is free, and there is one of each kind in a subscription."""
    runs_on: AiServiceHost = AiServiceHost.CONTAINER_INSTANCE
    image: Annotated[str, Field(pattern=r"^mcr\.microsoft\.com/azure-cognitive-services/\S+:\S+$")]
    """Pinned to a tag, such as mcr.microsoft.com/azure-cognitive-services/textanalytics/language:1.1.012840001-amd64
    (https://mcr.microsoft.com/v2/azure-cognitive-services/textanalytics/language/tags/list lists them), or in
    prod better to a digest: ...language@sha256:... ."""
    cpu: Annotated[float, Field(ge=1, le=4)] = 1
    memory_gb: Annotated[float, Field(ge=4, le=16)] = 4
    key_expires: Day | None = None
    """Required: the day by which the account's key is made anew (az cognitiveservices account keys regenerate). The
    secret in the Key Vault says so, and its expiry raises an alert; after it, give the next day."""
    public: bool = False
    """A public address, without any sign-in at the container. On a container instance only."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.image.endswith(":latest"):
            yield Problem("image", "is ':latest', which changes by itself; give a version")
        if self.sku != "F0" and self.sku not in PAID_SKUS[self.kind]:
            yield Problem(
                "sku",
                f"is {self.sku}, which {self.kind} has not got; give F0 or {', '.join(PAID_SKUS[self.kind])}",
            )
        later = context.today + datetime.timedelta(days=180)
        if self.key_expires is None:
            yield Problem(
                "key_expires",
                f"is missing; give the day by which the account's key is made anew, such as {later.isoformat()}",
            )
        elif self.key_expires <= context.today:
            yield Problem(
                "key_expires",
                f"is {self.key_expires.isoformat()}, which is not to come: make the key anew (az cognitiveservices "
                f"account keys regenerate), and give the next day, such as {later.isoformat()}",
            )
        if self.public and self.runs_on is AiServiceHost.KUBERNETES:
            yield Problem(
                "public", "is true, and on Kubernetes it is called from inside the cluster; remove it"
            )


class AiServiceManifests(GitSource):
    """The repository with the manifests of AI services."""

    path: ManifestFolder = "./ai-service"
    """Folder with the manifests of one AI service; it is applied once for each, with that one's values."""


class Apps(SettingsModel):
    """One environment of Container Apps with its apps, and AI service containers."""

    generation: Generation = 1
    apps: dict[Key, App] = {}
    ai_services: dict[Key, AiService] = {}
    flux: AiServiceManifests | None = None
    """Where the manifests of AI services on Kubernetes come from."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        on_cluster = [
            key for key, item in self.ai_services.items() if item.runs_on is AiServiceHost.KUBERNETES
        ]
        if on_cluster and self.flux is None:
            yield Problem(
                "flux", f"is missing, and {', '.join(on_cluster)} would come from there; give url and branch"
            )
        if self.flux and not on_cluster:
            yield Problem("flux", "is given, and no AI service runs on kubernetes; remove it")
        free: dict[AiServiceKind, str] = {}
        for key, service in self.ai_services.items():
            other = free.setdefault(service.kind, key) if service.sku == "F0" else key
            if other != key:
                yield Problem(
                    f"ai_services.{key}.sku",
                    f"is F0, and so is that of {other}; a subscription has one free account of {service.kind}",
                )
