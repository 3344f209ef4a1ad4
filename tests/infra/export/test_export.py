"""Every platform as ARM would receive it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from rehearsal.export.arm import arm_resources
from rehearsal.export.arm_files import arm_export
from rehearsal.export.terraform_files import terraform_export
from rehearsal.model.values import STAND_IN, Json, holds_stand_in
from tests.infra.export.arm_schemas import WITHOUT, problems
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


@pytest.mark.parametrize("name", ALL)
def test_every_body_is_what_azure_publishes(name: str) -> None:
    exported = [
        each for each in arm_resources(rehearsed(name).world.resources) if each.type.lower() not in WITHOUT
    ]
    assert {f"{each.id}{problem}" for each in exported for problem in problems(each)} == set()


def test_the_published_types_show_a_property_in_a_wrong_place() -> None:
    network = next(
        each
        for each in arm_resources(rehearsed("prod").world.resources)
        if each.type == "Microsoft.Network/privateEndpoints"
    )
    properties = network.body["properties"]
    assert isinstance(properties, dict)
    moved = replace(network, body={"location": "westeurope", **properties})
    misspelt = replace(network, body={**network.body, "properties": {**properties, "subnett": {}}})
    assert ".subnet is not known" in problems(moved)
    assert problems(misspelt) == [".properties.subnett is not known"]


@pytest.mark.parametrize("name", ALL)
def test_every_databricks_resource_is_in_the_terraform_configuration(name: str) -> None:
    exported = terraform_export(rehearsed(name))
    declared = [each for each in rehearsed(name).world.resources if each.package == "databricks"]
    assert exported.generic == ()
    assert exported.count == sum(1 for each in declared if not each.is_provider and not each.external)
    text = exported.files["main.tf.json"]
    assert not holds_stand_in(text)
    content = json.loads(text)
    for manifest_row in json.loads(exported.files["manifest.json"])["resources"]:
        kind, _, label = manifest_row["address"].partition(".")
        assert content["resource"][kind][label]
    addresses = {f"{kind}.{label}" for kind, rows in content.get("resource", {}).items() for label in rows}
    used = set(re.findall(r"\$\{(databricks_\w+\.[\w-]+)\.", text))
    assert used <= addresses
