"""The engine's recorded calls over real gRPC: every one is answered, as the engine needs it."""

from __future__ import annotations

from collections import Counter

from pulumi.runtime.proto import provider_pb2

from rehearsal.model.values import UNKNOWN, Secret
from rehearsal.model.wire import from_struct
from tests.rehearsal.provider.recorded import Connections, Played

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg"
Diff = provider_pb2.DiffResponse
Kind = provider_pb2.PropertyDiff


def answers(played: list[Played], method: str) -> dict[str, Played]:
    return {call.name: call for call in played if call.method == method}


def test_a_first_preview_gives_no_ids_and_knows_all_but_what_services_make_up(engine: Connections) -> None:
    played = engine.play("preview_create")
    created = answers(played, "Create")
    assert set(created) == {"rg", "lake", "dbw", "raw"}
    assert {call.answer.id for call in created.values()} == {""}
    group = from_struct(created["rg"].answer.properties)
    assert group["name"] == "rg-sample-dev"
    assert group["type"] == "Microsoft.Resources/resourceGroups"
    workspace = from_struct(created["dbw"].answer.properties)
    assert workspace["workspaceUrl"] is UNKNOWN
    assert workspace["workspaceName"] == workspace["name"] == "dbw-sample-dev"
    assert workspace["resourceGroupName"] is UNKNOWN
    assert not engine.running.services.standing


def test_check_echoes_the_inputs_and_finds_nothing_wrong(engine: Connections) -> None:
    for call in engine.play("preview_create"):
        if call.method in ("Check", "CheckConfig"):
            assert call.answer.inputs == call.request.news
            assert not call.answer.failures


def test_the_handshake_asks_for_marked_secrets_and_plugin_info_names_the_version(engine: Connections) -> None:
    played = engine.play("preview_create")
    assert {call.answer.accept_secrets for call in played if call.method == "Handshake"} == {True}
    assert [call.answer.version for call in played if call.method == "GetPluginInfo"] == ["3.29.0", "1.118.0"]
    configured = [call.answer for call in played if call.method == "Configure"]
    assert [(answer.acceptSecrets, answer.supportsPreview) for answer in configured] == [(True, True)]


def test_up_gives_the_ids_and_outputs_of_azure_and_keeps_secrets_marked(engine: Connections) -> None:
    created = answers(engine.play("up"), "Create")
    assert created["lake"].answer.id == f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stsamplelake"
    assert from_struct(created["dbw"].answer.properties)["workspaceUrl"].endswith(".azuredatabricks.net")  # pyright: ignore[reportAttributeAccessIssue]
    token = from_struct(created["tok"].answer.properties)
    assert isinstance(token["tokenValue"], Secret)
    assert token["comment"] == "x"
    assert Counter(record.type.partition(":")[0] for record in engine.running.services.standing) == {
        "azure-native": 4,
        "databricks": 2,
    }


def test_a_changed_program_is_answered_property_by_property(engine: Connections) -> None:
    engine.play("up")
    diffs = {name: call.answer for name, call in answers(engine.play("preview_change"), "Diff").items()}
    assert diffs["rg"].changes == Diff.DIFF_SOME
    assert dict(diffs["rg"].detailedDiff) == {"tags.owner": Kind(kind=Kind.ADD, inputDiff=True)}
    assert not diffs["rg"].replaces
    assert diffs["lake"].detailedDiff["isHnsEnabled"].kind == Kind.UPDATE_REPLACE
    assert "isHnsEnabled" in diffs["lake"].replaces
    assert diffs["lake"].deleteBeforeReplace
    # A parent's name that became unknown may be another name: azure-native replaces for it.
    assert diffs["raw"].detailedDiff["accountName"].kind == Kind.UPDATE_REPLACE


def test_a_previewed_update_keeps_what_is_known_of_the_resource(engine: Connections) -> None:
    engine.play("up")
    updated = answers(engine.play("preview_change"), "Update")
    group = from_struct(updated["rg"].answer.properties)
    assert group["name"] == "rg-sample-dev"
    assert group["tags"] == {"environment": "dev", "owner": "ml"}
    assert UNKNOWN not in group.values()


def test_refresh_finds_what_up_made_without_a_difference(engine: Connections) -> None:
    engine.play("up")
    for record in engine.running.services.standing:
        package = record.type.partition(":")[0]
        inputs = {"urn": record.urn, "id": record.id, "type": record.type}
        read = engine.call(package, "Read", {**inputs, "inputs": {"resourceGroupName": "rg"}})
        assert read.id == record.id
        request = provider_pb2.DiffRequest(
            id=record.id,
            urn=record.urn,
            type=record.type,
            olds=read.properties,
            old_inputs=read.inputs,
            news=read.inputs,
        )
        assert engine.call(package, "Diff", request).changes == Diff.DIFF_NONE


def test_destroy_leaves_nothing(engine: Connections) -> None:
    engine.play("up")
    for record in reversed(engine.running.services.standing):
        engine.call(
            record.type.partition(":")[0],
            "Delete",
            {"urn": record.urn, "id": record.id, "type": record.type, "properties": {}},
        )
    assert engine.running.services.standing == ()


def test_what_is_gone_already_counts_as_deleted(engine: Connections) -> None:
    assert [call.method for call in engine.play("destroy")][-1] == "Cancel"


def test_calls_are_counted_per_method(engine: Connections) -> None:
    engine.play("preview_create")
    figures = engine.running.figures["azure-native"]
    assert figures.calls["Create"] == 4
    assert set(figures.seconds) == set(figures.calls)
