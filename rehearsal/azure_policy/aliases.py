"""Aliases: the names by which a policy calls properties, and where each is in the body of an API version.

Source of the form: Azure/azure-rest-api-specs Microsoft.Resources resources.json, `Alias`, `AliasPath`,
`AliasPathMetadata`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rehearsal.azure_policy.arguments import shortened
from rehearsal.azure_policy.verdict import DoubtError, DoubtKind
from rehearsal.model.values import Json, JsonObject

STAR = "*"
Steps = tuple[str, ...]
"""The steps to a property; `STAR` is every member of a list."""

_STEP = re.compile(r"\[\*\]|\['((?:[^']|'')*)'\]|\.?([^.\[\]]+)|\.")


@dataclass(frozen=True)
class Alias:
    """One alias in one API version; `kind` is the property's type. No `steps` where the property is of another type of
    resource, and so never there."""

    steps: Steps | None
    modifiable: bool = False
    kind: str = ""

    def takes(self, value: object) -> bool:
        """Whether a value has the type of the property; one of no type takes all."""
        kinds = _KINDS.get(self.kind.lower())
        return kinds is None or (isinstance(value, kinds) and isinstance(value, bool) is (kinds is bool))


_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "array": list,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "object": dict,
    "string": str,
}
"""By the `type` of an alias in lower case; `Any` and `NotSpecified` say nothing."""


def steps_of(path: str) -> Steps:
    """`properties.networkAcls.ipRules[*].value` as steps."""
    found: list[str] = []
    for match in _STEP.finditer(path):
        if match[0] == "[*]":
            found.append(STAR)
        elif match[1] is not None:
            found.append(match[1].replace("''", "'"))
        elif match[2] is not None:
            found.append(match[2])
    return tuple(found)


class AliasTable:
    """The aliases of a file of policies, by resource type as `providers?$expand=resourceTypes/aliases` gives them. Each
    is read when the first condition asks for it."""

    def __init__(self, raw: Mapping[str, Json]) -> None:
        self._raw = {name.lower(): entries for name, entries in raw.items()}
        self._types: dict[str, Mapping[str, JsonObject]] = {}
        self._found: dict[tuple[str, str, str], Alias] = {}

    def find(self, resource_type: str, api_version: str, name: str) -> Alias:
        """The alias of that name for a resource. Raises `DoubtError` where the file does not have it."""
        key = (resource_type, api_version, name)
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._read(resource_type, api_version, name.lower())
        return found

    def _read(self, resource_type: str, api_version: str, name: str) -> Alias:
        own = self._of_type(resource_type.lower()).get(name)
        if own is not None:
            return _alias(own, api_version)
        namespace = resource_type.lower().partition("/")[0]
        if name in self._names or name.partition("/")[0] != namespace:
            return Alias(None)  # a property of other types
        raise DoubtError(f"the file of policies has no alias {shortened(name)}", DoubtKind.FILE)

    def _of_type(self, resource_type: str) -> Mapping[str, JsonObject]:
        if resource_type not in self._types:
            entries = self._raw.get(resource_type)
            self._types[resource_type] = {
                str(entry.get("name")).lower(): entry
                for entry in (entries if isinstance(entries, list) else ())
                if isinstance(entry, dict)
            }
        return self._types[resource_type]

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name for resource_type in self._raw for name in self._of_type(resource_type))


def _alias(raw: JsonObject, api_version: str) -> Alias:
    paths = raw.get("paths")
    given = [path for path in paths if isinstance(path, dict)] if isinstance(paths, list) else []
    of_version = next((path for path in given if _has_version(path, api_version)), None)
    default = raw.get("defaultPath")
    text = (of_version or {}).get("path") or default or _only(path.get("path") for path in given)
    if not isinstance(text, str) or not text:
        raise DoubtError(
            f"the file of policies gives no path for alias {raw.get('name')} in API version {api_version}: write the "
            "file anew",
            DoubtKind.FILE,
        )
    if _extracts((of_version or {}).get("pattern")) or (
        of_version is None and _extracts(raw.get("defaultPattern"))
    ):
        raise DoubtError(f"alias {raw.get('name')} takes a part out of a text, which is not evaluated")
    metadata = (of_version or {}).get("metadata") or raw.get("defaultMetadata")
    told = metadata if isinstance(metadata, dict) else {}
    return Alias(
        steps_of(text),
        modifiable=str(told.get("attributes")).lower() == "modifiable",
        kind=str(told.get("type", "")),
    )


def _only(paths: Iterable[Json]) -> Json:
    """The path that all other API versions have; None where they differ."""
    different = {path for path in paths if isinstance(path, str)}
    return different.pop() if len(different) == 1 else None


def _has_version(path: JsonObject, api_version: str) -> bool:
    versions = path.get("apiVersions")
    return isinstance(versions, list) and api_version in versions


def _extracts(pattern: Json) -> bool:
    return isinstance(pattern, dict) and str(pattern.get("type")).lower() == "extract"
