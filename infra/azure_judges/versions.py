"""Which version of a definition an assignment means.

An assignment, and a member of an initiative, names a version as `major.minor.patch` with `*` for any; without one the
latest is meant. The object in a list is the latest (`version`), and names the others (`versions`)
(learn.microsoft.com azure/governance/policy/concepts/assignment-structure and definition-structure-basics, Version;
Azure/azure-rest-api-specs policy/stable/2025-03-01; read 2026-11-30).
"""

from __future__ import annotations

import re

from infra.live.json_values import JsonMap, text

_FORM = re.compile(r"(\d+)\.(\d+)\.(\d+)(-[\w.]+)?")


def pinned_version(properties: JsonMap, pattern: str) -> str:
    """The newest version that the pattern allows, where it is not the latest; else an empty text."""
    latest = text(properties.get("version"))
    if not pattern or not latest or _allows(pattern, latest):
        return ""
    listed = properties.get("versions")
    allowed = [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, str) and _allows(pattern, one)
    ]
    return max(allowed, key=_order, default="")


def _allows(pattern: str, version: str) -> bool:
    asked, dash, suffix = pattern.partition("-")
    said = _FORM.fullmatch(version)
    if said is None or f"{dash}{suffix}" != (said[4] or ""):
        return False
    return all(one in ("*", number) for one, number in zip(asked.split("."), said.groups()[:3], strict=False))


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.partition("-")[0].split("."))
