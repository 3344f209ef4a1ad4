"""What goes wrong, in the words of the real providers and in the form that the engine reads."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2, status_pb2

from rehearsal.cloud.control_plane import RefusedError
from rehearsal.model.finding import Finding
from rehearsal.model.wire import from_struct, to_struct
from rehearsal.provider.errors import PartialError, refused, status_of, worded
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import AZURE_EXAMPLES
from tests.rehearsal.provider.recorded import Connections

JOB = "databricks:index/job:Job"
PREFIX = "urn:pulumi:dev::sample::"


def create(engine: Connections, token: str, name: str = "it", **inputs: object) -> Any:
    request = provider_pb2.CreateRequest(
        urn=f"{PREFIX}{token}::{name}",
        type=token,
        name=name,
        properties=to_struct({**AZURE_EXAMPLES.get(token, {}), **inputs}),
    )
    return engine.call(token.partition(":")[0], "Create", request)


def test_azure_errors_have_status_code_and_message_and_databricks_errors_the_object() -> None:
    assert worded("create", tokens.VAULT, 409, "Conflict", "no") == 'Status=409 Code="Conflict" Message="no"'
    assert worded("create", tokens.VAULT, 500, "", "no") == 'Status=500 Message="no"'
    assert worded("create", JOB, 400, "INVALID", "no") == "cannot create job: no"
    assert worded("update", tokens.CLUSTER_POLICY, 400, "", "no") == "cannot update cluster policy: no"


def test_a_refusal_never_shows_a_secret() -> None:
    finding = Finding("urn", "AML001", "name", "rehearsal-secret-token is wrong", status=400, code="Bad")
    text = str(refused("create", tokens.ML_WORKSPACE, RefusedError(finding)))
    assert text == 'Status=400 Code="Bad" Message="name: [secret] is wrong [AML001]"'


def test_what_exists_is_not_created_again_in_the_words_of_azure_native(engine: Connections) -> None:
    answer = create(engine, tokens.STORAGE_ACCOUNT)
    with pytest.raises(grpc.RpcError) as raised:
        create(engine, tokens.STORAGE_ACCOUNT, "again")
    assert raised.value.details() == f"cannot create already existing resource '{answer.id}'"
    assert raised.value.code() == grpc.StatusCode.UNKNOWN


def test_a_service_rule_refuses_a_create_and_nothing_stands_afterwards(engine: Connections) -> None:
    with pytest.raises(grpc.RpcError, match=r'Status=400 Code=.*Message="properties.enablePurgeProtection: '):
        create(engine, tokens.VAULT, properties={"enablePurgeProtection": False})
    assert engine.running.services.standing == ()


def test_check_refuses_what_the_types_refuse(engine: Connections) -> None:
    checked = engine.call(
        "azure-native",
        "Check",
        provider_pb2.CheckRequest(
            urn=f"{PREFIX}{tokens.STORAGE_ACCOUNT}::it",
            type=tokens.STORAGE_ACCOUNT,
            news=to_struct({**AZURE_EXAMPLES[tokens.STORAGE_ACCOUNT], "isHnsEnabled": "yes"}),
        ),
    )
    assert [failure.property for failure in checked.failures] == ["isHnsEnabled"]


def test_an_immutable_property_is_refused_when_the_update_comes(engine: Connections) -> None:
    answer = create(engine, tokens.VAULT)
    moved = to_struct({**AZURE_EXAMPLES[tokens.VAULT], "location": "northeurope"})
    request = provider_pb2.UpdateRequest(
        id=answer.id, urn=f"{PREFIX}{tokens.VAULT}::it", type=tokens.VAULT, news=moved
    )
    with pytest.raises(grpc.RpcError, match="PropertyChangeNotAllowed"):
        engine.call("azure-native", "Update", request)


def test_a_partial_failure_carries_the_resource_for_the_state() -> None:
    error = PartialError("operation timed out", "/subscriptions/s", {"a": 1}, {"b": "c"})
    status = status_of(error)
    ((key, packed),) = status.trailing_metadata
    assert key == "grpc-status-details-bin"
    assert isinstance(packed, bytes)
    (detail,) = status_pb2.Status.FromString(packed).details
    failed = provider_pb2.ErrorResourceInitFailed()
    assert detail.Unpack(failed)
    assert (failed.id, list(failed.reasons)) == ("/subscriptions/s", ["operation timed out"])
    assert from_struct(failed.properties) == {"a": 1}
    assert from_struct(failed.inputs) == {"b": "c"}


def test_an_unforeseen_error_reaches_the_engine_with_its_text(engine: Connections) -> None:
    request = provider_pb2.DiffRequest(
        urn=f"{PREFIX}{tokens.VAULT}::it",
        olds=struct_pb2.Struct(),
        news=to_struct({"sku": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}}),
    )
    engine.call("azure-native", "Diff", request)
    with pytest.raises(grpc.RpcError, match="GetSchema is not simulated"):
        engine.stub("azure-native").GetSchema(provider_pb2.GetSchemaRequest(), timeout=30)
    with pytest.raises(grpc.RpcError, match=r"failed in Create: \w+Error"):
        engine.call("azure-native", "Create", provider_pb2.CreateRequest(urn="no urn"))
