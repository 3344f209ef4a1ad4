"""The two markers that stand beside plain JSON values in a resource's inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final


@final
class Unknown:
    """A value that only the service can make up; it fits every type. Use the one instance, `UNKNOWN`."""

    _instance: Unknown | None = None

    def __new__(cls) -> Unknown:
        """The one instance."""
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True)
class Secret:
    """A secret value, at any depth. Checks look through it; its `repr` and our messages never show it."""

    value: object

    def __repr__(self) -> str:
        return "Secret([secret])"
