"""Promises, requirements and roads as the inventory keeps them: texts, with the verdict on each."""

from __future__ import annotations

from dataclasses import dataclass

VERDICTS = ("closed", "unknown", "open")
"""Gravest first."""


@dataclass(frozen=True, order=True)
class Promised:
    """One promise of the program or requirement of a resource. `kind` is "promise" or "requirement", `verdict` "open",
    "closed" or "unknown", `grave` whether a failure counts against the program. `road` are the hops and `right` what is
    held; `missing` and `setting` say what keeps it from being kept."""

    kind: str
    name: str
    question: str
    verdict: str
    grave: bool = True
    rule: str = ""
    missing: str = ""
    setting: str = ""
    road: tuple[str, ...] = ()
    right: tuple[str, ...] = ()


@dataclass(frozen=True, order=True)
class OpenRoad:
    """From a place to a door of a declared resource, whether anybody is promised it or not."""

    source: str
    target: str
    promised: bool
