"""Which Kubernetes versions AKS still makes clusters of.

A new cluster cannot be made of a version past its end of life, but for one with long-term support (Premium tier and
the plan AKSLongTermSupport), until that ends too.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from azure_facts.source import Source

SOURCE = Source(
    "learn.microsoft.com azure/aks/supported-kubernetes-versions (release calendar, LTS versions, FAQ; 2026-08)",
    datetime.date(2026, 11, 30),
)

LONG_TERM_SUPPORT = "AKSLongTermSupport"
"""The value of `supportPlan` that asks for it."""


@dataclass(frozen=True)
class Support:
    """The last day of support of one minor version, and that of its long-term support."""

    ends: datetime.date
    long_term_ends: datetime.date


def _support(ends: tuple[int, int, int], long_term_ends: tuple[int, int, int]) -> Support:
    return Support(datetime.date(*ends), datetime.date(*long_term_ends))


_SUPPORT: Mapping[int, Support] = MappingProxyType(
    {
        29: _support((2025, 3, 31), (2026, 4, 30)),
        30: _support((2025, 8, 22), (2026, 7, 31)),
        31: _support((2025, 11, 1), (2026, 11, 30)),
        32: _support((2026, 3, 31), (2027, 3, 31)),
        33: _support((2026, 7, 31), (2027, 7, 31)),
        34: _support((2026, 11, 30), (2027, 11, 30)),
        35: _support((2027, 3, 31), (2028, 3, 31)),
        36: _support((2027, 6, 30), (2028, 6, 30)),
        37: _support((2027, 10, 31), (2028, 10, 31)),
    }
)
"""By minor version of Kubernetes 1. Months without a day end on their last one."""

_VERSION = re.compile(r"1\.(\d+)(?:\.\d+)?")


def supported_minors(today: datetime.date) -> tuple[str, ...]:
    """The known versions that a cluster without long-term support can be made of, oldest first."""
    return tuple(f"1.{minor}" for minor, support in _SUPPORT.items() if today <= support.ends)


def unannounced(version: str) -> bool:
    """Whether a version is newer than the calendar that the table was taken from."""
    found = _VERSION.fullmatch(version)
    return found is not None and int(found[1]) > max(_SUPPORT)


def unsupported(version: str, today: datetime.date, *, long_term: bool = False) -> str | None:
    """What is wrong with making a cluster of this version on this day; None where nothing is known against it.

    Of a version newer than the table nothing is known; one older than the table ended before it.
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        return None
    minor = int(found[1])
    if minor > max(_SUPPORT):
        return None
    support = _SUPPORT.get(minor)
    ended = support.long_term_ends if support and long_term else support.ends if support else None
    if ended is not None and today <= ended:
        return None
    when = f"ended on {ended.isoformat()}" if ended else "ended long ago"
    instead = ", ".join(supported_minors(today)) or f"a version after 1.{max(_SUPPORT)}"
    return f"Kubernetes {version}: support {when}, and AKS makes no new cluster of it; use {instead}"
