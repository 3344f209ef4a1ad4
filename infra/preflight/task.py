"""What every check gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.preflight.azure import Azure
from infra.preflight.finding import Finding
from infra.settings.platform import PlatformSettings

if TYPE_CHECKING:  # its check takes a task
    from infra.preflight.repository import Hosting


@dataclass(frozen=True)
class Task:
    """`fix`: register providers and features that are not. `hosting`: the repository, where a token is given."""

    settings: PlatformSettings
    azure: Azure
    fix: bool = False
    hosting: Hosting | None = None


Check = Callable[[Task], Iterator[Finding]]
