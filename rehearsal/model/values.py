"""Property values as the rehearsal holds them: plain JSON values plus the markers `Secret` and `UNKNOWN`."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias, final

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = "Mapping[str, Json]"


@final
class Unknown:
    """A value that only the service can make up; it fits every type. Use the one instance, `UNKNOWN`.

    `looked_at` counts how often somebody decided by it (compared it, asked whether it is empty, wrote it into a text):
    what a check says after that rests on nothing, and is not held against anybody (`rehearsal.rules.rule`).
    """

    looked_at: int = 0
    _instance: Unknown | None = None

    def __new__(cls) -> Unknown:
        """The one instance."""
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __reduce__(self) -> str:
        """Pickled by name: it is the one instance in the process that reads it too."""
        return "UNKNOWN"

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __str__(self) -> str:
        self.looked_at += 1
        return "UNKNOWN"

    def __bool__(self) -> bool:
        self.looked_at += 1
        return True

    def __eq__(self, other: object) -> bool:
        self.looked_at += 1
        return self is other

    def __hash__(self) -> int:
        self.looked_at += 1
        return id(self)


UNKNOWN: Final = Unknown()


def has_unknown(value: object) -> bool:
    """Whether a value, or anything in it, is one that only a service can say."""
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(has_unknown(item) for item in value)
    return value is UNKNOWN


@dataclass(frozen=True)
class Secret:
    """A secret value, at any depth. Checks look through it; its `repr` and our messages never show it."""

    value: object

    def __repr__(self) -> str:
        return "Secret([secret])"


MASK = "[secret]"
"""How an inventory writes a secret."""

UNKNOWN_TEXT = "[unknown]"
"""How an inventory writes a value that only the service can make up."""

STAND_IN = "rehearsal-secret-"
"""How every stand-in for a secret begins: those of the stack file, and those that the simulated cloud makes
up."""


def _base64_forms(text: str) -> tuple[str, ...]:
    """The characters that `text` gives inside any Base64 text, at each of the three byte offsets."""
    forms = []
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + text.encode()).decode().rstrip("=")
        first = -(-offset * 8 // 6)
        last = (offset + len(text)) * 8 // 6
        forms.append(encoded[first:last])
    return tuple(forms)


_ENCODED_STAND_INS = _base64_forms(STAND_IN)

_STAND_IN = re.compile(
    re.escape(STAND_IN)
    + r"[^\s\"',;&]*|[A-Za-z0-9+/]*(?:"
    + "|".join(re.escape(form) for form in _ENCODED_STAND_INS)
    + r")[A-Za-z0-9+/]*=*"
)


def holds_stand_in(text: str) -> bool:
    """Whether a secret's stand-in is in the text, as it is or in Base64."""
    return STAND_IN in text or any(form in text for form in _ENCODED_STAND_INS)


def plain(value: object) -> object:
    """The value without secret marks, for rules that compare it. Never print the result."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def masked_text(text: str) -> str:
    """The text with every stand-in for a secret as "[secret]"."""
    return _STAND_IN.sub(MASK, text) if holds_stand_in(text) else text


def masked(value: object) -> Json:
    """The value as it may be shown and written: every secret as "[secret]", unknowns as "[unknown]".

    Raises `TypeError` for what is no property value.
    """
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, Secret):
        return MASK
    if value is UNKNOWN:
        return UNKNOWN_TEXT
    if isinstance(value, dict):
        return {key: masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    if value is None or isinstance(value, (int, float)):
        return value
    raise TypeError(f"a {type(value).__name__} is no property value")


def is_secret(value: object) -> bool:
    """Whether a secret is anywhere in the value."""
    if isinstance(value, Secret):
        return True
    if isinstance(value, dict):
        return any(is_secret(item) for item in value.values())
    if isinstance(value, list):
        return any(is_secret(item) for item in value)
    return False
