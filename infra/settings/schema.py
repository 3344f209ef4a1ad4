"""The JSON Schema of a stack file, for editors and checks; derived from the models."""

from __future__ import annotations

from typing import Any

from infra.settings.base import PROJECT
from infra.settings.platform import PlatformSettings

Schema = dict[str, Any]  # JSON has no narrower type


def stack_file_schema() -> Schema:
    """The schema of `Pulumi.<stack>.yaml`: our keys closed to misspelling, other namespaces left alone.

    Patterns are written for editors too: each is valid in ECMA-262 with the `u` flag, as JSON Schema recommends
    (json-schema.org draft 2020-12, core 6.4).
    """
    root = PlatformSettings.model_json_schema()
    models: Schema = root["$defs"]
    areas: Schema = root["properties"]
    # The environment's name is the stack's name: the loader adds it, and a file must not.
    environment = models["Environment"]
    del environment["properties"]["name"]
    environment["required"].remove("name")
    _close_maps(root)
    required = [area for area in root["required"] if area != "today"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Stack file of the Azure machine-learning platform",
        "type": "object",
        "required": ["config"],
        "properties": {
            "config": {
                "type": "object",
                "required": [f"{PROJECT}:{area}" for area in required],
                "properties": {f"{PROJECT}:{area}": schema for area, schema in areas.items()},
                "patternProperties": {f"^(?!{PROJECT}:)": {}},
                "additionalProperties": False,
            }
        },
        "$defs": models,
    }


def _close_maps(node: object) -> None:
    """Refuse keys that a map's pattern does not match: pydantic names the pattern and lets other keys pass."""
    if isinstance(node, dict):
        if "patternProperties" in node:
            node["additionalProperties"] = False
        for value in node.values():
            _close_maps(value)
    elif isinstance(node, list):
        for value in node:
            _close_maps(value)
