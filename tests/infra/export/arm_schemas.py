"""Holds a body to what Azure's published types say (tests/data/arm_schemas.json): names, places, required properties.

The file is read from Azure's side alone, and not by way of the SDK as the table of bodies is
(derive_schemas.py). Three types of Data Factory with hundreds of kinds are not in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rehearsal.export.arm_resource import ArmResource
from rehearsal.model.values import UNKNOWN, plain

FILE = Path(__file__).parents[2] / "data" / "arm_schemas.json"
WITHOUT = (
    "microsoft.datafactory/factories/datasets",
    "microsoft.datafactory/factories/linkedservices",
    "microsoft.datafactory/factories/pipelines",
)
OF_THE_PLACE = {"apiVersion", "id", "name", "type"}
PROPERTY = re.compile(r"(?P<name>[^ !:]+)(?P<required>!?)(?::(?P<holds>\S+))?")


@dataclass(frozen=True)
class Schema:
    """`resources` are numbers of objects by type and version in lower case."""

    resources: Mapping[str, int]
    objects: tuple[object, ...]


@cache
def schema() -> Schema:
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return Schema(content["resources"], tuple(content["objects"]))


def problems(resource: ArmResource) -> list[str]:
    """What is wrong with the body."""
    kind = re.sub(
        r"/privatednszones/(?:a|aaaa|cname|mx|ptr|soa|srv|txt)$", "/privatednszones/a", resource.type.lower()
    )
    number = schema().resources[f"{kind}@{resource.api_version}"]
    return list(_of_object(number, plain(dict(resource.body)), "", top=True))


def _of_object(number: int, value: object, path: str, *, top: bool = False) -> Iterator[str]:
    if value is UNKNOWN:
        return
    if not isinstance(value, dict):
        yield f"{path} is no object"
        return
    properties = dict(_properties(schema().objects[number], value))
    for name, (required, _) in properties.items():
        if required and name not in value and not (top and name in OF_THE_PLACE):
            yield f"{path}.{name} is required"
    for name, each in value.items():
        if name not in properties:
            yield f"{path}.{name} is not known"
        else:
            yield from _held(properties[name][1], each, f"{path}.{name}")


def _properties(written: object, value: Mapping[str, object]) -> Iterator[tuple[str, tuple[bool, str]]]:
    if isinstance(written, dict):
        kind = value.get(written["by"])
        yield written["by"], (True, "")
        yield from _properties(written["shared"], value)
        if kind in written["kinds"]:
            yield from _properties(schema().objects[written["kinds"][kind]], value)
        return
    for match in PROPERTY.finditer(str(written)):
        yield match["name"], (bool(match["required"]), match["holds"] or "")


def _held(holds: str, value: object, path: str) -> Iterator[str]:
    if not holds or value is UNKNOWN:
        return
    inner = holds[2:]
    if holds.startswith("[]"):
        if not isinstance(value, list):
            yield f"{path} is no list"
            return
        for index, each in enumerate(value):
            yield from _held(inner, each, f"{path}[{index}]")
    elif holds.startswith("{}"):
        if not isinstance(value, dict):
            yield f"{path} is no map"
            return
        for key, each in value.items():
            yield from _held(inner, each, f"{path}.{key}")
    else:
        yield from _of_object(int(holds), value, path)
