"""Which version of a definition an assignment means.

An assignment, and a member of an initiative, names a version as `major.minor.patch` with `*` for any; without one the
latest is meant. The object in a list is the latest (`version`), and names the others (`versions`)
(learn.microsoft.com azure/governance/policy/concepts/assignment-structure and definition-structure-basics, Version;
Azure/azure-rest-api-specs policy/stable/2025-03-01; read 2026-11-30).
"""

from __future__ import annotations

from azure_facts.azure_policy import allows_version, version_order
from infra.live.json_values import JsonMap, text


def pinned_version(properties: JsonMap, pattern: str) -> str:
    """The newest version that the pattern allows, where it is not the latest; else an empty text."""
    latest = text(properties.get("version"))
    if not pattern or not latest or allows_version(pattern, latest):
        return ""
    listed = properties.get("versions")
    allowed = [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, str) and allows_version(pattern, one)
    ]
    return max(allowed, key=version_order, default="")
