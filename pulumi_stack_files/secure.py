"""Encrypted values."""

from __future__ import annotations

from collections.abc import Mapping


def is_secure(value: object) -> bool:
    """Whether it is `{secure: <text>}`, which the engine decrypts. With anything but text, or beside another key,
    `secure` is a key like any other (Pulumi's `isSecureValue`)."""
    return isinstance(value, Mapping) and len(value) == 1 and isinstance(value.get("secure"), str)
