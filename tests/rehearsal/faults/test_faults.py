"""Faults on the way between a provider and its service, over real gRPC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, status_pb2

from infra.conventions.retry import next_wait, rules_for
from rehearsal.faults.kinds import FAULT_KINDS
from rehearsal.faults.plan import FaultPlan, read_faults
from rehearsal.model.wire import to_struct
from rehearsal.provider.server import running_providers
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import AZURE_EXAMPLES
from rehearsal.rules.example_databricks import DATABRICKS_EXAMPLES
from tests.rehearsal.provider.conftest import SUBSCRIPTION, TODAY
from tests.rehearsal.provider.recorded import Connections

Start = Callable[..., Connections]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts providers with these faults, over what stood before."""
    with ExitStack() as ending:

        def begin(*faults: str, seed: int = 0) -> Connections:
            ending.close()
            plan = FaultPlan(read_faults(faults, seed), seed)
            connections = Connections(
                ending.enter_context(
                    running_providers(tmp_path / "cloud.jsonl", TODAY, plan, subscription=SUBSCRIPTION)
                )
            )
            ending.callback(connections.close)
            return connections

        yield begin


def example(token: str) -> dict[str, object]:
    return dict(AZURE_EXAMPLES.get(token) or DATABRICKS_EXAMPLES[token])


def urn(token: str, name: str = "it") -> str:
    return f"urn:pulumi:dev::sample::{token}::{name}"


def create(engine: Connections, token: str, name: str = "it", **inputs: object) -> Any:
    request = provider_pb2.CreateRequest(
        urn=urn(token, name), type=token, name=name, properties=to_struct({**example(token), **inputs})
    )
    return engine.call(token.partition(":")[0], "Create", request)


def failure(call: Callable[[], object]) -> Any:
    with pytest.raises(grpc.RpcError) as raised:
        call()
    return raised.value


def standing(engine: Connections) -> list[str]:
    return [record.urn.rpartition("::")[2] for record in engine.running.services.standing]


@pytest.mark.parametrize("fault", ["throttled", "server-error", "server-error:status=503", "lost"])
def test_what_the_providers_client_sends_again_ends_well_in_one_call(fault: str, start: Start) -> None:
    engine = start(f"{fault}{',' if ':' in fault else ':'}times=3")
    assert create(engine, tokens.STORAGE_ACCOUNT).id
    assert standing(engine) == ["it"]
    assert len(engine.running.faults.struck) == 3


def test_throttling_that_does_not_end_fails_with_retry_after_and_nothing_is_made(start: Start) -> None:
    engine = start("throttled:times=4,retry-after=42")
    error = failure(lambda: create(engine, tokens.STORAGE_ACCOUNT))
    assert error.details().startswith('Status=429 Code="TooManyRequests" Message="')
    assert "retry after 42 seconds" in error.details()
    assert standing(engine) == []
    assert create(start(), tokens.STORAGE_ACCOUNT).id


@pytest.mark.parametrize("fault", ["conflict", "soft-deleted"])
def test_what_nobody_repeats_fails_once_and_succeeds_in_the_next_run(fault: str, start: Start) -> None:
    engine = start(fault)
    assert "Status=409" in failure(lambda: create(engine, tokens.VAULT)).details()
    assert standing(engine) == []
    assert create(start(), tokens.VAULT).id


@pytest.mark.parametrize("token", [tokens.STORAGE_ACCOUNT, tokens.CLUSTER_POLICY])
def test_a_timeout_leaves_a_resource_that_the_next_update_completes(token: str, start: Start) -> None:
    engine = start("timeout")
    error = failure(lambda: create(engine, token))
    assert "operation timed out" in error.details()
    (packed,) = [value for key, value in error.trailing_metadata() if key == "grpc-status-details-bin"]
    failed = provider_pb2.ErrorResourceInitFailed()
    assert status_pb2.Status.FromString(packed).details[0].Unpack(failed)
    assert standing(engine) == ["it"]

    again = start()
    request = provider_pb2.UpdateRequest(
        id=failed.id,
        urn=urn(token),
        type=token,
        news=failed.inputs,
        old_inputs=failed.inputs,
        olds=failed.properties,
    )
    updated = again.call(token.partition(":")[0], "Update", request)
    assert updated.properties == failed.properties
    assert standing(again) == ["it"]


def test_a_lost_answer_to_a_delete_ends_well(start: Start) -> None:
    engine = start("lost:method=delete")
    made = create(engine, tokens.STORAGE_ACCOUNT)
    request = provider_pb2.DeleteRequest(
        id=made.id, urn=urn(tokens.STORAGE_ACCOUNT), type=tokens.STORAGE_ACCOUNT
    )
    engine.call("azure-native", "Delete", request)
    assert standing(engine) == []
    assert engine.running.faults.struck == [f"lost: delete {urn(tokens.STORAGE_ACCOUNT)}"]


def test_the_step_can_be_chosen(start: Start) -> None:
    engine = start("conflict:type=azure-native:storage:*,nth=2")
    create(engine, tokens.VAULT)
    create(engine, tokens.STORAGE_ACCOUNT, "first", accountName="stfirst")
    failure(lambda: create(engine, tokens.STORAGE_ACCOUNT, "second", accountName="stsecond"))
    create(engine, tokens.STORAGE_ACCOUNT, "third", accountName="stthird")
    assert standing(engine) == ["it", "first", "third"]


def test_a_preview_meets_no_fault(start: Start) -> None:
    engine = start("conflict")
    request = provider_pb2.CreateRequest(
        urn=urn(tokens.VAULT), type=tokens.VAULT, properties=to_struct(example(tokens.VAULT)), preview=True
    )
    engine.call("azure-native", "Create", request)
    assert engine.running.faults.struck == []


COVERED = {
    "principal-not-found": tokens.ROLE_ASSIGNMENT,
    "role-not-found": tokens.ROLE_ASSIGNMENT,
    "role-not-spread": tokens.ML_WORKSPACE,
    "data-role-not-spread": tokens.ML_DATASTORE,
    "unresolvable": tokens.CLUSTER_POLICY,
    "no-workers": tokens.CLUSTER_POLICY,
    "concurrent-credentials": tokens.FEDERATED_CREDENTIAL,
}


@pytest.mark.parametrize(("name", "token"), COVERED.items())
def test_the_retry_table_knows_the_words_of_what_heals_by_waiting(
    name: str, token: str, start: Start
) -> None:
    engine = start(f"{name}:times=2")
    text = failure(lambda: create(engine, token)).details()
    # The engine hands the hook what the provider said, with its own words around it.
    assert next_wait(rules_for(token), "create", [f"creating {urn(token)}: {text}"]) is not None
    assert standing(engine) == []
    failure(lambda: create(engine, token))
    assert create(engine, token).id


@pytest.mark.parametrize("name", sorted(set(FAULT_KINDS) - set(COVERED)))
def test_the_retry_table_leaves_alone_what_waiting_does_not_heal(name: str) -> None:
    kind = FAULT_KINDS[name]
    for token in (tokens.ROLE_ASSIGNMENT, tokens.ML_WORKSPACE, tokens.CLUSTER_POLICY):
        assert next_wait(rules_for(token), "create", [f"{kind.code} {kind.message}"]) is None


def test_a_seed_strikes_the_same_resources_in_any_order() -> None:
    urns = [urn(tokens.STORAGE_ACCOUNT, str(number)) for number in range(200)]

    def struck(order: list[str], seed: int) -> set[str]:
        plan = FaultPlan(read_faults(["conflict:share=0.2"], seed), seed)
        for one in order:
            plan.begin("create", tokens.STORAGE_ACCOUNT, one)
            plan.next("create", tokens.STORAGE_ACCOUNT, one)
        return set(plan.struck)

    assert struck(urns, 7) == struck(urns[::-1], 7)
    assert struck(urns, 7) != struck(urns, 8)
    assert 15 < len(struck(urns, 7)) < 70
