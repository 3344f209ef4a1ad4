"""What ARM would be asked about the reference platforms: the real export's form, read as the judges read it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from infra.azure_judges.askable import askable
from infra.azure_judges.deployments import STAND_IN, WITH_RIGHTS_TO_WRITE, plan
from infra.azure_judges.export_files import read_export
from infra.live.json_values import JsonMap, mapping, mappings, text
from rehearsal.export.arm_files import arm_export
from rehearsal.export.template_values import UNKNOWN_PARAMETER
from tests.infra.platforms import rehearsed


def asked_resources(properties: JsonMap) -> list[JsonMap]:
    return mappings(mapping(properties.get("template")).get("resources"))


def waits_of(resource: JsonMap) -> list[str]:
    found = resource.get("dependsOn")
    return [text(one) for one in found] if isinstance(found, list) else []


@pytest.mark.parametrize("name", ["dev", "prod"])
def test_a_first_deployment_is_one_question_without_stand_ins_for_what_nobody_knows(
    name: str, tmp_path: Path
) -> None:
    exported = arm_export(rehearsed(name))
    for file, content in exported.files.items():
        (tmp_path / file).write_text(content, encoding="utf-8")
    export = read_export(tmp_path)
    assert len(export.resources) == exported.count
    left = askable(export)
    unknown = {one.urn for one in export.resources if one.unknown}
    assert unknown <= {one.urn for one in left.left_out}
    assert len(left.resources) + len(left.left_out) == len(export.resources) + len(export.left_out)

    group = f"/subscriptions/{export.subscription_id}/resourceGroups/rg-forecast-{name}-weu"
    others = [one.scope for one in left.templates if one.scope != group]
    asked = plan(left, others, WITH_RIGHTS_TO_WRITE, "westeurope")
    assert asked.missing == ()
    (first,) = [one for one in asked.deployments if one.scope == f"/subscriptions/{export.subscription_id}"]
    nested = asked_resources(mapping(first.body["properties"]))[-1]
    assert nested["resourceGroup"] == group.rpartition("/")[2]
    inner = asked_resources(mapping(nested["properties"]))
    assert len(inner) == sum(one.file in first.files[1:] for one in left.resources)
    assert f"'{UNKNOWN_PARAMETER}'" not in json.dumps(inner)
    ids = {one.id.lower() for one in left.resources}
    waits = {wait.lower() for one in inner for wait in waits_of(one)}
    assert waits
    assert waits <= ids
    given = mapping(mapping(nested["properties"]).get("parameters"))
    assert all(STAND_IN in json.dumps(value) for value in given.values())
