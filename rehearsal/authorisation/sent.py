"""A request as the authorising service sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rehearsal.model.urns import package_of
from rehearsal.model.values import UNKNOWN


class Verb(StrEnum):
    """What is done to the resource."""

    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"
    PREVIEW = "preview"
    """What a provider asks the service for in a preview of a change."""


@dataclass(frozen=True, eq=False)
class Sent:
    """One resource of a program. `inputs` and those of its `provider` have no secret marks: never print them.
    `follows_workspace`: the provider's number of the workspace is known only while the workspace does not change;
    `repeats`: the program sends a refused creation again."""

    urn: str
    type: str
    id: str
    inputs: Mapping[str, object]
    provider: Mapping[str, object] = field(default_factory=dict)
    external: bool = False
    repeats: bool = False
    secret: bool = False
    follows_workspace: bool = False

    @property
    def package(self) -> str:
        """`azure-native`, `databricks`."""
        return package_of(self.type)

    def text(self, key: str) -> str:
        """An input that is a text, else empty."""
        return _text(self.inputs.get(key))

    def of_provider(self, key: str) -> str:
        """An input of the provider that is a text, else empty."""
        return _text(self.provider.get(key))


def _text(value: object) -> str:
    return value if isinstance(value, str) and value is not UNKNOWN else ""
