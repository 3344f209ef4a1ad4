"""Apps on top: APIs and front ends on Container Apps, and AI service containers."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.base import Generation, Guid, Key, LoadingContext, Problem, SettingsModel

PLACEHOLDER_IMAGE = "mcr.microsoft.com/k8se/quickstart:latest"
"""Answers on port 80 until the first release puts an image of ours there."""

EnvironmentVariable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class SignIn(SettingsModel):
    """People sign in with Entra before a request reaches the app."""

    client_id: Guid
    """Application id of the app's registration (az ad app show --id ... --query appId)."""
    redirect: bool = True
    """A front end sends people to the sign-in page; an API answers 401."""


class App(SettingsModel):
    """One container that scales to zero. Its image is released by a pipeline: this program sets the first one only."""

    port: Annotated[int, Field(ge=1, le=65535)] = 80
    cpu: Annotated[float, Field(ge=0.25, le=4)] = 0.5
    """In steps of 0.25; memory is twice as many GiB, the only ratio of the consumption profile."""
    max_replicas: Annotated[int, Field(ge=1, le=1000)] = 3
    concurrent_requests: Annotated[int, Field(ge=1, le=1000)] = 20
    """Requests at a time of one replica, above which another one starts."""
    sign_in: SignIn | None = None
    """Required."""
    environment: dict[EnvironmentVariable, str] = {}

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.cpu * 4 != int(self.cpu * 4):
            yield Problem("cpu", f"is {self.cpu:g}; give a multiple of 0.25")
        if self.sign_in is None:
            yield Problem("sign_in", "is missing; nobody calls an app without signing in: give client_id")


class AiServiceKind(StrEnum):
    """ARM kinds of the accounts that language containers are billed to."""

    LANGUAGE = "TextAnalytics"
    TRANSLATOR = "TextTranslation"


class AiService(SettingsModel):
    """An AI services account for billing, and its container on a container instance."""

    kind: AiServiceKind = AiServiceKind.LANGUAGE
    sku: Annotated[str, Field(pattern=r"^(F0|S|S[0-4])$")] = "S"
    """F0 is free, and there is one of each kind in a subscription."""
    image: Annotated[str, Field(pattern=r"^mcr\.microsoft\.com/azure-cognitive-services/\S+:\S+$")]
    """Pinned to a tag, such as mcr.microsoft.com/azure-cognitive-services/textanalytics/language:1.1.025."""
    cpu: Annotated[float, Field(ge=1, le=4)] = 1
    memory_gb: Annotated[float, Field(ge=4, le=16)] = 4
    public: bool = False
    """An address for everybody: the container asks nobody who they are."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.image.endswith(":latest"):
            yield Problem("image", "is ':latest', which changes by itself; give a version")


class Apps(SettingsModel):
    """One environment of Container Apps with its apps, and AI service containers."""

    generation: Generation = 1
    apps: dict[Key, App] = {}
    ai_services: dict[Key, AiService] = {}
