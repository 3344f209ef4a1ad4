"""Tokens that are kept for a run: each scope is asked for once, a refusal too, an old token anew."""

from __future__ import annotations

import time
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError

from infra.live.remembered import RememberedTokens


class Counting:
    """Gives tokens that last so many seconds; none for a scope that says so."""

    def __init__(self, seconds: int = 3600) -> None:
        self.seconds = seconds
        self.asked: list[str] = []

    def get_token(self, *scopes: str, **_options: Any) -> AccessToken:
        self.asked += scopes
        if "none" in scopes[0]:
            raise ClientAuthenticationError("AADSTS500011: no such resource")
        return AccessToken(f"token {len(self.asked)}", int(time.time()) + self.seconds)


def test_a_scope_is_asked_for_once() -> None:
    credential = Counting()
    kept = RememberedTokens(credential)
    assert {kept.get_token("a").token for _ in range(3)} == {"token 1"}
    assert kept.get_token("b").token == "token 2"
    assert credential.asked == ["a", "b"]


def test_a_challenge_is_answered_with_a_new_token() -> None:
    kept = RememberedTokens(Counting())
    assert kept.get_token("a").token == "token 1"
    assert kept.get_token("a", claims="{}").token == "token 2"


def test_a_token_that_ends_soon_is_asked_for_anew() -> None:
    credential = Counting(seconds=60)
    kept = RememberedTokens(credential)
    kept.get_token("a")
    kept.get_token("a")
    assert credential.asked == ["a", "a"]


def test_a_refusal_is_kept_too() -> None:
    credential = Counting()
    kept = RememberedTokens(credential)
    for _ in range(3):
        with pytest.raises(ClientAuthenticationError, match="AADSTS500011"):
            kept.get_token("none")
    assert credential.asked == ["none"]
