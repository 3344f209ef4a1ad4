"""`python -m rehearsal.export.deriving.terraform --metadata FILE …`: writes azure_facts/data/databricks_terraform.json.

The metadata say which fields are lists; a list of the SDK whose words are none of them is the plural of one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from azure_facts.databricks_terraform import in_words
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.inventory import write_atomically
from rehearsal.model.json_values import object_at
from rehearsal.model.values import JsonObject
from rehearsal.sdk import resource_shape
from rehearsal.sdk.property_types import ArrayType, ObjectType, PropertyType

FILE = Path("azure_facts/data/databricks_terraform.json")
_ENDINGS = (("ies", "y"), ("ses", "s"), ("es", ""), ("es", "e"), ("s", ""))


def main() -> int:
    """Returns 0; what is read is no input of users."""
    parser = argparse.ArgumentParser(
        prog="python -m rehearsal.export.deriving.terraform", description=__doc__
    )
    parser.add_argument(
        "--metadata", type=Path, required=True, help="bridge-metadata.json of pulumi-databricks"
    )
    parser.add_argument("--commit", required=True, help="the commit it is of")
    parser.add_argument("--read", required=True, metavar="YYYY-MM-DD", help="the day it was read")
    chosen = parser.parse_args()
    metadata = json.loads(chosen.metadata.read_text(encoding="utf-8"))
    names = singulars(object_at(metadata, "auto-aliasing.resources"))
    document = {
        "source": "github.com/pulumi/pulumi-databricks provider/cmd/pulumi-resource-databricks/bridge-metadata.json "
        f"at {chosen.commit}, read {chosen.read}",
        "names": names,
    }
    write_atomically(FILE, json.dumps(document, indent=1) + "\n")
    return 0


def singulars(resources: JsonObject) -> dict[str, dict[str, str]]:
    """By class and property, Terraform's names that its words do not give."""
    found: dict[str, dict[str, str]] = {}
    for row in resources.values():
        token = row.get("current") if isinstance(row, dict) else None
        shape = resource_shape(token) if isinstance(token, str) and token in CATALOGUE else None
        if shape is None:
            continue
        for owner, name, singular in _singulars(
            shape.arguments, shape.class_name, object_at(row, "fields"), frozenset()
        ):
            found.setdefault(owner, {})[name] = singular
    return {owner: dict(sorted(names.items())) for owner, names in sorted(found.items())}


def _singulars(
    type_: ObjectType, owner: str, fields: JsonObject, around: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    for name, property_ in type_.properties.items():
        words = in_words(name)
        if isinstance(property_.type, ArrayType) and words not in fields:
            words = next((each for each in _singular_forms(words) if each in fields), words)
            if words != in_words(name):
                yield owner, name, words
        inner = _inner(property_.type)
        if inner is not None and inner.name not in around:
            elem = fields.get(words)
            yield from _singulars(inner, inner.name, object_at(elem, "elem.fields"), around | {inner.name})


def _inner(type_: PropertyType) -> ObjectType | None:
    element = type_.element if isinstance(type_, ArrayType) else type_
    return element if isinstance(element, ObjectType) else None


def _singular_forms(words: str) -> Iterator[str]:
    for plural, singular in _ENDINGS:
        if words.endswith(plural):
            yield words.removesuffix(plural) + singular


if __name__ == "__main__":
    sys.exit(main())
