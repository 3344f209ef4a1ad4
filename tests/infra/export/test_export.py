"""Every platform as ARM would receive it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from rehearsal.export.arm import arm_resources
from rehearsal.export.arm_files import arm_export
from rehearsal.model.values import STAND_IN, Json, holds_stand_in
from tests.infra.platforms import ALL, dev_as_test, rehearse_patched, rehearsed


def texts(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", ALL)
def test_every_resource_is_converted_and_none_is_lost(name: str) -> None:
    world = rehearsed(name).world
    declared = [
        each for each in world.resources if each.custom and not each.is_provider and not each.external
    ]
    exported = arm_export(rehearsed(name))
    assert exported.generic == ()
    assert {world.by_urn[urn].package for urn in exported.left_out} <= {"databricks"}
    assert exported.count + len(exported.left_out) == len(declared)


@pytest.mark.parametrize("name", ALL)
def test_the_files_hold_no_secret_and_agree_with_the_manifest(name: str) -> None:
    files = {file: json.loads(text) for file, text in arm_export(rehearsed(name)).files.items()}
    manifest = files.pop("manifest.json")
    assert not [
        text for content in (manifest, *files.values()) for text in texts(content) if holds_stand_in(text)
    ]
    assert STAND_IN not in json.dumps(files)
    assert set(files) == set(manifest["files"])
    for row in manifest["resources"]:
        written = files[row["file"]]["resources"][row["symbolicIndex"]]
        assert written["type"] == row["type"]
        assert row["id"].endswith(written["name"].rpartition("/")[2])
        assert row["position"]["path"].endswith(".py")
    for template in manifest["templates"]:
        secure = {
            key
            for key, stated in files[template["file"]]["parameters"].items()
            if stated["type"].startswith("secure")
        }
        values = files[template["parameters"]]["parameters"] if template["parameters"] else {}
        assert values == {key: {"value": ""} for key in secure}


@pytest.mark.parametrize("name", ALL)
def test_a_template_depends_only_on_itself_and_in_no_circle(name: str) -> None:
    by_id = {each.id.lower(): each for each in arm_resources(rehearsed(name).world.resources)}
    done: set[str] = set()
    while ready := {
        key
        for key, each in by_id.items()
        if key not in done and {one.lower() for one in each.depends_on} <= done
    }:
        done |= ready
    assert done == by_id.keys()


def test_the_export_of_a_change_differs_only_where_the_change_is() -> None:
    changed = rehearse_patched({"observability": {"log_analytics": {"retention_days": 60}}})
    before, after = arm_export(dev_as_test()).files, arm_export(changed).files
    assert before.keys() == after.keys()
    (file,) = (name for name in before if before[name] != after[name])
    differences = [
        pair
        for pair in zip(before[file].splitlines(), after[file].splitlines(), strict=True)
        if pair[0] != pair[1]
    ]
    assert [(old.strip(), new.strip()) for old, new in differences] == [
        ('"retentionInDays": 30,', '"retentionInDays": 60,')
    ]
