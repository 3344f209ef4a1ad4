"""What every check gets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from infra.preflight.azure import Azure
from infra.preflight.finding import Finding
from infra.settings.platform import PlatformSettings


@dataclass(frozen=True)
class Task:
    """`fix`: register providers and features that are not."""

    settings: PlatformSettings
    azure: Azure
    fix: bool = False


Check = Callable[[Task], Iterator[Finding]]
