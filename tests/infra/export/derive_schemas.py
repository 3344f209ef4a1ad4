"""`python -m tests.infra.export.derive_schemas --types DIR`: writes tests/data/arm_schemas.json.

What Azure's published types say of the bodies of the types that the reference stacks and scenarios declare: names of
properties, and which every request has. The tests hold every exported body to it, so that a property in a wrong place
shows. It is read from Azure's side alone, where the table of bodies is derived by way of the SDK. Three types of Data
Factory with hundreds of kinds are left out: they alone would be twice as large.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from azure_facts.arm_bodies import arm_bodies
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.export.deriving.table import published_type
from rehearsal.export.deriving.wire_types import WireType, WireTypes
from rehearsal.inventory import write_atomically

FILE = Path("tests/data/arm_schemas.json")
INVENTORIES = Path("tests/infra/inventories")
WITHOUT = {f"azure-native:datafactory:{name}" for name in ("Dataset", "LinkedService", "Pipeline")}
_TOKEN = re.compile(r"azure-native:[a-z0-9]+:[A-Za-z0-9]+")


class SchemaWriter:
    """Collects objects. A property is written `name`, `name!` where it is required, with `:` and what it holds: the
    number of an object, `[]` for a list, `{}` for a map."""

    def __init__(self) -> None:
        self.objects: list[object] = []
        self._numbers: dict[tuple[int, int], int] = {}

    def number(self, wire: WireType) -> int:
        """The number of an object, which is added where it is new."""
        key = (id(wire.document), wire.index)
        if key not in self._numbers:
            self._numbers[key] = len(self.objects)
            self.objects.append(None)
            self.objects[self._numbers[key]] = self._object(wire)
        return self._numbers[key]

    def _object(self, wire: WireType) -> object:
        properties = " ".join(
            f"{name}{'!' if each.is_required else ''}{self._held(each.type)}"
            for name, each in sorted(wire.properties.items())
            if not each.is_read_only or name == "properties"
        )
        if wire.kind != "DiscriminatedObjectType":
            return properties
        kinds = {value: self.number(element) for value, element in wire.elements.items()}
        return {"by": wire.discriminator, "kinds": kinds, "shared": properties}

    def _held(self, wire: WireType) -> str:
        held = self._kind(wire)
        return f":{held}" if held else ""

    def _kind(self, wire: WireType) -> str:
        if wire.kind == "ArrayType":
            return f"[]{self._kind(wire.item)}"
        if wire.is_object and wire.value is not None and not wire.properties:
            return "{}" + self._kind(wire.value)
        if wire.is_object:
            return "" if wire.value is not None else str(self.number(wire))
        return ""


def main() -> int:
    """Writes the file."""
    parser = argparse.ArgumentParser(prog="python -m tests.infra.export.derive_schemas", description=__doc__)
    parser.add_argument("--types", type=Path, required=True, help="a checkout of Azure/bicep-types-az")
    chosen = parser.parse_args()
    write_atomically(FILE, schemas(WireTypes(chosen.types), _declared() - WITHOUT))
    return 0


def _declared() -> set[str]:
    """The types of the reference stacks and scenarios that have a body."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(INVENTORIES.glob("*.yaml")))
    return {token for text in texts for token in _TOKEN.findall(text)} & arm_bodies().resources.keys()


def schemas(wire_types: WireTypes, tokens: Iterable[str]) -> str:
    """The file's text for these types."""
    writer = SchemaWriter()
    resources: dict[str, int] = {}
    for token in sorted(tokens):
        arm_type = published_type(CATALOGUE[token])
        version = arm_bodies().resources[token].api_version
        resources[f"{arm_type}@{version}".lower()] = writer.number(wire_types.body(arm_type, version))
    return json.dumps({"resources": resources, "objects": writer.objects}, indent=0) + "\n"


if __name__ == "__main__":
    sys.exit(main())
