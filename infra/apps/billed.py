"""A service that a container runs and an account bills."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from infra.context import Reference
from infra.settings import apps as settings_of

PORT = 5000
"""Of every AI service container."""


@dataclass(frozen=True)
class BilledService:
    """What a container needs to start: whom it reports to, and the key that it shows there."""

    settings: settings_of.AiService
    account: Reference
    api_key: pulumi.Output[str]
    """Secret."""
    key_secret: Reference
    """The same key in the Key Vault."""

    @property
    def endpoint(self) -> pulumi.Output[str]:
        """Where the container reports what it did."""
        return self.account.known_name.apply(lambda name: f"https://{name}.cognitiveservices.azure.com/")
