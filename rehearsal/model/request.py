"""What the monitor asks of a cloud: the seam at which another cloud, or another way in, can be put."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Request:
    """One resource to create or read. `provider_inputs` are those of the explicit provider, empty for the
    default."""

    urn: str
    type: str
    name: str
    inputs: Mapping[str, object]
    provider_inputs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """The service's id, and what it adds to or changes about the inputs (top-level properties, secrets
    marked)."""

    id: str
    outputs: Mapping[str, object] = field(default_factory=dict)


class Cloud(Protocol):
    """Answers as the provider and the service behind it would; never refuses (checks do, with the whole
    picture)."""

    def preview(self, request: Request) -> Answer:
        """The id and outputs that a new resource would get."""
        ...

    def look_up(self, request: Request, resource_id: str) -> Answer:
        """The outputs of an existing resource that somebody else owns, by its id."""
        ...

    def invoke(
        self,
        token: str,
        arguments: Mapping[str, object],
        provider_inputs: Mapping[str, object] | None = None,
    ) -> Mapping[str, object]:
        """What a provider function returns."""
        ...

    def default_location(self, request: Request) -> str:
        """Where the provider puts the resource where it does not say; empty for nowhere."""
        ...
