"""The committed platform under every fault at once: however it fails, the next runs end in the same place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, status_pb2

from infra.conventions.retry import next_wait, rules_for
from rehearsal.faults.plan import FaultPlan, read_faults
from rehearsal.model.resource import Resource
from rehearsal.model.wire import to_struct
from rehearsal.provider.server import running_providers
from tests.infra.platforms import rehearsed
from tests.rehearsal.provider.conftest import TODAY
from tests.rehearsal.provider.programs import Program
from tests.rehearsal.provider.recorded import Connections

pytestmark = pytest.mark.xdist_group("platforms")


class State:
    """What the engine would keep: ids, and which of them stand for a resource that did not come to its end."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.unfinished: set[str] = set()


def up(program: Program, state: State) -> str:
    """One run that stops at the first failure, the retry table applied; the failure's text."""
    for resource in program.resources:
        if program.configured(resource):
            continue
        try:
            if resource.urn in state.unfinished:
                _update(program, resource, state.ids[resource.urn])
                state.unfinished.discard(resource.urn)
            elif resource.urn not in state.ids:
                state.ids[resource.urn] = _create(program, resource)
        except grpc.RpcError as error:
            _keep(error, resource, state)
            return str(error)
    return ""


def _create(program: Program, resource: Resource) -> str:
    errors: list[str] = []
    while True:
        try:
            return program.create(resource).id
        except grpc.RpcError as error:
            errors.insert(0, str(error))
            if next_wait(rules_for(resource.type), "create", errors) is None:
                raise


def _update(program: Program, resource: Resource, resource_id: str) -> None:
    inputs = to_struct(resource.inputs)
    request = provider_pb2.UpdateRequest(
        urn=resource.urn,
        type=resource.type,
        name=resource.name,
        id=resource_id,
        news=inputs,
        old_inputs=inputs,
    )
    program.call(resource, "Update", request)


def _keep(error: Any, resource: Resource, state: State) -> None:
    for key, packed in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            failed = provider_pb2.ErrorResourceInitFailed()
            assert status_pb2.Status.FromString(packed).details[0].Unpack(failed)
            state.ids[resource.urn] = failed.id
            state.unfinished.add(resource.urn)


@pytest.mark.parametrize("seed", range(3))
def test_faulted_runs_end_where_a_run_without_faults_ends(seed: int, tmp_path: Path) -> None:
    plan = FaultPlan(read_faults(["all:share=0.05"], seed), seed)
    state = State()
    settings = rehearsed("dev").world.settings
    with running_providers(tmp_path / "cloud.jsonl", TODAY, plan, settings=settings) as running:
        engine = Connections(running)
        failed_runs = 0
        while True:
            program = Program(engine, "dev")
            failure = up(program, state)
            program.close()
            if not failure:
                break
            failed_runs += 1
            assert failed_runs < 100, failure
        engine.close()
        wanted = {item.urn: item.id for item in Program(engine, "dev").resources if not item.is_provider}
        assert {record.urn: record.id for record in running.services.standing} == wanted == state.ids
        assert not state.unfinished
        assert failed_runs
        assert len({struck.partition(":")[0] for struck in plan.struck}) > 5
