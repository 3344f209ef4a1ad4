"""What Azure publishes of a resource type: github.com/Azure/bicep-types-az, the REST specifications in one form.

A file `generated/<folder>/<namespace>/<API version>/types.json` is a list of types that refer to each other by their
place in it (Azure/bicep-types docs, src/bicep-types/src/types.ts).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_REQUIRED = 1
_READ_ONLY = 2


class WireTypesError(Exception):
    """A folder holds no types, or none of a version; the text says which."""


@dataclass(frozen=True, eq=False)
class WireType:
    """One type of a file."""

    document: tuple[Mapping[str, object], ...]
    index: int

    @property
    def _content(self) -> Mapping[str, object]:
        return self.document[self.index]

    @property
    def kind(self) -> str:
        """`ObjectType`, `DiscriminatedObjectType`, `ArrayType`, `UnionType`, `AnyType`, `StringType`, …."""
        return str(self._content["$type"])

    @cached_property
    def properties(self) -> Mapping[str, WireProperty]:
        """An object's; of a discriminated one, those that all its kinds share."""
        stated = _mapping(self._content.get("properties") or self._content.get("baseProperties"))
        return {name: self._property(_mapping(each)) for name, each in stated.items()}

    def _property(self, stated: Mapping[str, object]) -> WireProperty:
        flags = stated.get("flags", 0)
        return WireProperty(
            self._at(stated["type"]),
            flags if isinstance(flags, int) else 0,
            " ".join(str(stated.get("description", "")).split()),
        )

    @property
    def item(self) -> WireType:
        """What an array holds."""
        return self._at(self._content["itemType"])

    @property
    def value(self) -> WireType | None:
        """What an object with keys of the user's own holds."""
        stated = self._content.get("additionalProperties")
        return self._at(stated) if stated else None

    @property
    def discriminator(self) -> str:
        """The property that says which kind a discriminated object is; of any other type empty."""
        return str(self._content.get("discriminator", ""))

    @property
    def elements(self) -> Mapping[str, WireType]:
        """A discriminated object's kinds by the discriminator's value; of any other type none."""
        return {name: self._at(each) for name, each in _mapping(self._content.get("elements")).items()}

    @property
    def members(self) -> tuple[WireType, ...]:
        """A union's types."""
        stated = self._content.get("elements")
        return tuple(self._at(each) for each in stated) if isinstance(stated, list) else ()

    @property
    def is_object(self) -> bool:
        """Whether it has properties with names."""
        return self.kind in ("ObjectType", "DiscriminatedObjectType")

    def _at(self, reference: object) -> WireType:
        return WireType(self.document, int(str(_mapping(reference)["$ref"]).removeprefix("#/")))


@dataclass(frozen=True)
class WireProperty:
    """One property as the specification has it."""

    type: WireType
    flags: int
    description: str

    @property
    def is_read_only(self) -> bool:
        """Whether the service says it and nobody sends it."""
        return bool(self.flags & _READ_ONLY)

    @property
    def is_required(self) -> bool:
        """Whether every request has it."""
        return bool(self.flags & _REQUIRED)


class WireTypes:
    """The types below a checkout of bicep-types-az. Files are read on first use."""

    def __init__(self, checkout: Path) -> None:
        self._files: dict[tuple[str, str], list[Path]] = {}
        self._documents: dict[Path, tuple[Mapping[str, object], ...]] = {}
        for path in sorted(checkout.glob("generated/*/*/*/types.json")):
            self._files.setdefault((path.parts[-3], path.parts[-2]), []).append(path)
        if not self._files:
            raise WireTypesError(f"{checkout} has no generated/*/*/*/types.json: is it bicep-types-az?")

    def body(self, arm_type: str, api_version: str) -> WireType:
        """The body of a resource type. Raises `WireTypesError` where it is not published."""
        wanted = f"{arm_type}@{api_version}".lower()
        namespace = arm_type.partition("/")[0].lower()
        for path in self._files.get((namespace, api_version), ()):
            document = self._document(path)
            for each in document:
                if each["$type"] == "ResourceType" and str(each["name"]).lower() == wanted:
                    return WireType(document, int(str(_mapping(each["body"])["$ref"]).removeprefix("#/")))
        raise WireTypesError(f"{arm_type} of {api_version} is not among the published types")

    def _document(self, path: Path) -> tuple[Mapping[str, object], ...]:
        if path not in self._documents:
            self._documents[path] = tuple(_listed(json.loads(path.read_text(encoding="utf-8"))))
        return self._documents[path]


def _listed(value: object) -> Iterator[Mapping[str, object]]:
    for each in value if isinstance(value, list) else ():
        yield _mapping(each)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}
