"""The page of settings: each mapping of a stack file as a table, made from the JSON Schema of the models."""

from __future__ import annotations

import json
import re

from azure_facts.regions import REGIONS
from infra.settings.schema import Schema


def settings_page(schema: Schema, written_by: str) -> str:
    """The keys of a stack file, then a heading and a table for each model that they lead to."""
    config = schema["properties"]["config"]
    models: Schema = schema["$defs"]
    lines = ["# Settings", "", written_by, ""]
    lines += ["## Keys of a stack file", ""]
    lines += _table(config["properties"], config["required"], models)
    for name, model in models.items():
        if "properties" in model:
            lines += [f"## {_heading(name)}", "", _line(model.get("description", "")), ""]
            lines += _table(model["properties"], model.get("required", []), models)
    return "\n".join(lines).rstrip() + "\n"


def _heading(name: str) -> str:
    """`Job`; `Cluster (databricks clusters)` where models of two modules share a name, so that pydantic adds the
    module's to both."""
    *modules, model = name.removeprefix("infra__settings__").split("__")
    return f"{model} ({' '.join(modules).replace('_', ' ')})" if modules else model


def _link(name: str) -> str:
    heading = _heading(name)
    # An anchor is the heading in lower case, without punctuation, with a dash for each space.
    anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
    return f"[{heading}](#{anchor})"


def _line(text: str) -> str:
    return " ".join(text.split())


def _table(properties: Schema, required: list[str], models: Schema) -> list[str]:
    lines = ["| key | type | default | meaning |", "|---|---|---|---|"]
    for key, field in properties.items():
        default = "required" if key in required else f"`{json.dumps(field.get('default'))}`"
        if default == "`null`":
            default = "none"
        if len(default) > 60:
            default = "as below"
        meaning = _line(field.get("description", "")).replace("|", "\\|")
        shape = _type(field, models).replace("|", "\\|")
        lines.append(f"| `{key}` | {shape} | {default} | {meaning} |")
    return [*lines, ""]


def _type(field: Schema, models: Schema) -> str:
    for union in ("anyOf", "oneOf"):
        if union in field:
            options = [_type(option, models) for option in field[union] if option.get("type") != "null"]
            return " or ".join(dict.fromkeys(options))
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[-1]
        return _link(name) if "properties" in models[name] else _type(models[name], models)
    if "enum" in field:
        if set(field["enum"]) == set(REGIONS):
            return "name of an Azure region"
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"list of {_type(field['items'], models)}"
    if field.get("type") == "object":
        return _object(field, models)
    return _scalar(field)


def _object(field: Schema, models: Schema) -> str:
    """A map with keys of the user's own, or an encrypted value, which is an object of the one key `secure`."""
    if list(field.get("properties", {})) == ["secure"]:
        return "`{secure: …}`"
    values = [*field.get("patternProperties", {}).values(), field.get("additionalProperties")]
    shapes = [_type(value, models) for value in values if isinstance(value, dict)]
    if not shapes:
        raise ValueError(
            f"neither a map nor a secret: {field}; give the setting a type that says what it holds"
        )
    return f"map of {' or '.join(shapes)}"


def _scalar(field: Schema) -> str:
    bounds = [
        f"{words} {field[name]}"
        for name, words in (
            ("exclusiveMinimum", "over"),
            ("minimum", "from"),
            ("maximum", "to"),
            ("maxLength", "at most"),
        )
        if name in field
    ]
    if "pattern" in field and "format" not in field:
        bounds.append(f"`{field['pattern']}`")
    return " ".join([str(field.get("format") or field["type"]), *bounds])
