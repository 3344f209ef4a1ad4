"""Which version of a definition or initiative an assignment means.

A version is `major.minor.patch`, with `*` for any; without one the latest is meant, which the file has under the plain
id. An older one that is pinned has an id that ends in `/versions/1.0.1`. Source:
`azure_facts.azure_policy.ASSIGNMENT_SOURCE`, Policy definition ID and version.
"""

from __future__ import annotations

from collections.abc import Mapping

from azure_facts.azure_policy import allows_version, version_order
from rehearsal.azure_policy.verdict import PolicyError
from rehearsal.model.json_values import text_at
from rehearsal.model.values import JsonObject


def of_version(known: Mapping[str, JsonObject], identifier: str, wanted: str) -> JsonObject | None:
    """The object of that id in the version; None where the file has none of that id. Raises `PolicyError` where it has
    other versions only."""
    latest = known.get(identifier.lower())
    if latest is None or not wanted:
        return latest
    version = version_of(latest)
    if not version or allows_version(wanted, version):
        return latest
    older = f"{identifier.lower()}/versions/"
    found = [
        raw
        for key, raw in known.items()
        if key.startswith(older) and allows_version(wanted, key.removeprefix(older))
    ]
    if not found:
        raise PolicyError(f"the file has version {version}, and {wanted} is assigned")
    return max(found, key=lambda raw: version_order(text_at(raw, "id").rpartition("/")[2]))


def version_of(raw: JsonObject) -> str:
    """What the object says; empty for a custom definition without one."""
    return text_at(raw, "properties.version") or text_at(raw, "properties.metadata.version")
