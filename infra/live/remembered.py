"""Tokens that are asked for once: the Azure CLI starts a process for each, and many calls need few scopes."""

from __future__ import annotations

import threading
import time
from typing import Any

from azure.core.credentials import AccessToken, TokenCredential
from azure.core.exceptions import ClientAuthenticationError

_MARGIN_SECONDS = 300
"""A token that ends sooner is asked for anew."""


class RememberedTokens:
    """A credential that keeps the tokens of another one, and its refusals: those do not change within a run."""

    def __init__(self, credential: TokenCredential) -> None:
        self._credential = credential
        self._kept: dict[tuple[str, ...], AccessToken | ClientAuthenticationError] = {}
        self._lock = threading.Lock()

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        """One that is valid for some minutes more. Raises ClientAuthenticationError."""
        with self._lock:
            kept = self._kept.get(scopes)
            if isinstance(kept, ClientAuthenticationError):
                raise kept
            if kept is None or options.get("claims") or kept.expires_on - time.time() < _MARGIN_SECONDS:
                try:
                    kept = self._credential.get_token(*scopes, **options)
                except ClientAuthenticationError as error:
                    self._kept[scopes] = error
                    raise
                self._kept[scopes] = kept
            return kept
