"""The committed platforms through the providers, as the engine would send them: made, unchanged, refreshed, gone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from rehearsal.cloud.catalogue.deletions import LOCK_TYPES
from rehearsal.cloud.control_plane import ControlPlane
from rehearsal.model.request import Answer, Request
from rehearsal.model.resource import Resource
from rehearsal.model.values import UNKNOWN
from rehearsal.model.wire import from_struct, to_struct
from rehearsal.provider.known_outputs import known_outputs
from rehearsal.provider.server import running_providers
from rehearsal.run import rehearse
from tests.infra.platforms import ROOT, TODAY, rehearsed
from tests.reference_platform import stack_file
from tests.rehearsal.provider.programs import Program, unknown_paths
from tests.rehearsal.provider.recorded import Connections

pytestmark = pytest.mark.xdist_group("platforms")

Diff = provider_pb2.DiffResponse


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_platform_lives_its_life(stack: str, tmp_path: Path) -> None:
    settings = rehearsed(stack).world.settings
    with running_providers(tmp_path / "cloud.jsonl", TODAY, settings=settings) as running:
        engine = Connections(running)
        live(Program(engine, stack), engine)
        engine.close()


def live(program: Program, engine: Connections) -> None:
    made = program.made()
    mine = [resource for resource in program.resources if not resource.is_provider]
    assert {urn: answer.id for urn, answer in made.items()} == {
        resource.urn: resource.id for resource in mine
    }
    assert len(engine.running.services.standing) == len(mine)

    for resource in mine:
        where: Any = {"urn": resource.urn, "type": resource.type, "name": resource.name, "id": resource.id}
        inputs = to_struct(resource.inputs)
        outputs = made[resource.urn].properties
        read = program.call(
            resource, "Read", provider_pb2.ReadRequest(**where, inputs=inputs, properties=outputs)
        )
        assert from_struct(read.properties) == from_struct(outputs), resource.urn
        same = provider_pb2.DiffRequest(**where, olds=outputs, old_inputs=read.inputs, news=inputs)
        assert program.call(resource, "Diff", same).changes == Diff.DIFF_NONE, resource.urn

    for resource in mine:
        assert_a_tag_change_shows_the_tag_alone(program, resource, made)

    # Locks go first, as docs/recovery.md says: under one, nothing can be removed.
    backwards = mine[::-1]
    for resource in sorted(backwards, key=lambda item: item.type not in LOCK_TYPES):
        gone = provider_pb2.DeleteRequest(
            urn=resource.urn, type=resource.type, name=resource.name, id=resource.id
        )
        program.call(resource, "Delete", gone)
    assert engine.running.services.standing == ()
    program.close()


def assert_a_tag_change_shows_the_tag_alone(
    program: Program, resource: Resource, made: Mapping[str, Any]
) -> None:
    tags = resource.inputs.get("tags")
    if not isinstance(tags, dict):
        return
    changed = {**resource.inputs, "tags": {**tags, "owner": "another"}}
    where: Any = {"urn": resource.urn, "type": resource.type, "name": resource.name, "id": resource.id}
    old, new, outputs = to_struct(resource.inputs), to_struct(changed), made[resource.urn].properties
    diff = program.call(
        resource, "Diff", provider_pb2.DiffRequest(**where, olds=outputs, old_inputs=old, news=new)
    )
    assert list(diff.detailedDiff) == ["tags.owner"], resource.urn
    assert not diff.replaces
    update = provider_pb2.UpdateRequest(**where, olds=outputs, old_inputs=old, news=new, preview=True)
    previewed = from_struct(program.call(resource, "Update", update).properties)
    assert UNKNOWN not in previewed.values()
    assert {**previewed, "tags": tags} == from_struct(outputs), resource.urn


class PreviewingPlane(ControlPlane):
    """Answers as the providers answer a preview: no ids, and nothing that only a service can make up."""

    def preview(self, request: Request) -> Answer:
        answer = super().preview(request)
        if request.type.startswith("pulumi:"):
            return answer
        return Answer("", known_outputs(request.type, request.inputs, answer.outputs, stands=False))


def test_a_first_preview_of_dev_waits_only_for_what_services_make_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearsal.program.runner.ControlPlane", PreviewingPlane)
    result = rehearse(ROOT, "dev", today=TODAY, stack_file=stack_file("dev"))
    assert result.error is None
    waiting = {
        (resource.package, resource.type.rpartition(":")[2], re.split(r"[.\]]+", path)[-1])
        for resource in result.world.resources
        for path in unknown_paths(dict(resource.inputs))
    }
    assert ("azure-native", "RoleAssignment", "principalId") in waiting
    made_up = re.compile(r"principal_?id|client_?id|url|host|fqdn", re.IGNORECASE)
    others = {
        (kind, name)
        for package, kind, name in waiting
        if package == "azure-native" and not made_up.search(name)
    }
    assert others == {
        # An app's client id and the addresses it calls.
        ("ContainerApp", "value"),
        # Databricks' address, and numbers and hashes of its objects, for who calls it from outside.
        ("LinkedService", "domain"),
        ("Pipeline", "jobId"),
        ("Workflow", "uri"),
        ("Workflow", "job_id"),
    }
    objects = {name for package, _, name in waiting if package == "databricks" and not name.endswith("Id")}
    # The application id of an identity that the program makes.
    assert objects == {"servicePrincipalName"}
