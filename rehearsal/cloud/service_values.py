"""Values that only a service can make up, made up here: deterministic, so that two rehearsals agree byte for
byte."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://rehearsal.invalid/service-made")
_ALNUM = "abcdefghijklmnopqrstuvwxyz0123456789"


def guid(owner: str, label: str = "") -> str:
    """A GUID for what the service calls `label` of the resource with this id (ids compare
    case-insensitively)."""
    return str(uuid.uuid5(_NAMESPACE, f"{owner.lower()}|{label}"))


def digits(owner: str, count: int) -> str:
    """A decimal number of exactly `count` digits."""
    number = int(hashlib.sha256(f"digits|{owner.lower()}".encode()).hexdigest(), 16)
    return str(10 ** (count - 1) + number % (9 * 10 ** (count - 1)))


def hexadecimal(owner: str, count: int) -> str:
    """`count` lower-case hexadecimal digits (64 at most)."""
    return hashlib.sha256(f"hex|{owner.lower()}".encode()).hexdigest()[:count]


def alphanumeric(owner: str, count: int) -> str:
    """`count` lower-case letters and digits (32 at most)."""
    raw = hashlib.sha256(f"alnum|{owner.lower()}".encode()).digest()
    return "".join(_ALNUM[byte % len(_ALNUM)] for byte in raw[:count])


@dataclass(frozen=True)
class MadeUp:
    """One of these kinds as a template value: `{digits:16}` formats to `digits(owner, 16)`."""

    kind: str
    owner: str

    def __format__(self, spec: str) -> str:
        if self.kind == "guid":
            return guid(self.owner, spec)
        if self.kind == "hexUpper":
            return hexadecimal(self.owner, int(spec)).upper()
        make = {"digits": digits, "hex": hexadecimal, "alnum": alphanumeric}[self.kind]
        return make(self.owner, int(spec))
