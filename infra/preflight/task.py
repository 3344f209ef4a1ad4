"""What every check gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from infra.preflight.azure import Azure
from infra.preflight.finding import Finding
from infra.settings.platform import PlatformSettings

if TYPE_CHECKING:  # its check takes a task
    from infra.preflight.repository import Hosting


@dataclass(frozen=True)
class Task:
    """`fix`: register providers and features that are not. `hosting`: the repository, where a token is given. `acts`:
    the file that says what each identity holds. `export`: the folder of the stack's export, where one was made."""

    settings: PlatformSettings
    azure: Azure
    fix: bool = False
    hosting: Hosting | None = None
    acts: Path | None = None
    export: Path | None = None


Check = Callable[[Task], Iterator[Finding]]
