"""A real preview's change, from its JSON and from the engine's event log (both recorded with the CLI 3.260)."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from rehearsal.changes.from_engine import from_event_log, from_preview_json
from rehearsal.changes.markdown import render_markdown
from rehearsal.changes.model import FindingState, StackChange
from rehearsal.changes.text import render_text
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.errors import RehearsalError

DATA = Path(__file__).parents[2] / "data" / "changes"


def test_a_preview_s_json() -> None:
    change = from_preview_json(DATA / "preview.json", "dev")
    assert {(item.kind, item.name) for item in change.changes} == {
        (ChangeKind.DELETE, "raw"),
        (ChangeKind.REPLACE, "lake"),
        (ChangeKind.UPDATE, "rg"),
        (ChangeKind.CREATE, "reader"),
    }
    lake = next(item for item in change.changes if item.name == "lake")
    assert (lake.replaces, lake.component) == (("isHnsEnabled",), "lake")
    assert change.cascade == (
        "databricks.ClusterPolicy pol",
        "databricks.Token tok",
        "databricks.Workspace dbw",
    )
    assert [(row.role, row.gains) for row in change.access] == [("Reader", True)]


def test_an_event_log_carries_policy_findings() -> None:
    change = from_event_log(DATA / "event_log.jsonl", "dev")
    assert change.counts() == {ChangeKind.CREATE: 6}
    assert [(item.state, item.level, item.rule, item.subject) for item in change.findings] == [
        (FindingState.FOUND, "advisory", "lake-hns", "storage.StorageAccount lake"),
        (FindingState.FOUND, "advisory", "storage-tls", "storage.StorageAccount lake"),
    ]
    assert change.access[0].scope == "a scope known after deployment (RoleAssignment reader)"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", "has no steps"),
        ('{"steps": 1}', "has no steps"),
        ('{"steps": [1]}', "step 1: is no step of a preview"),
        ('{"steps": [{"op": "update", "urn": "x"}]}', "step 1: is no step of a preview"),
    ],
)
def test_another_file_is_no_preview(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "preview.json"
    path.write_text(content)
    with pytest.raises(RehearsalError, match=message):
        from_preview_json(path, "dev")


@pytest.mark.parametrize(
    ("content", "message"),
    [("", "is empty"), ("no", ":1: is no event"), ('{"sequence": 0}\n{}', ":2: is no event")],
)
def test_another_file_is_no_event_log(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "events.jsonl"
    path.write_text(content)
    with pytest.raises(RehearsalError, match=message):
        from_event_log(path, "dev")


def test_a_preview_that_failed_is_no_good_news() -> None:
    change = from_preview_json(DATA / "preview_violation.json", "dev")
    assert change.refused == ("preview failed",)


def test_a_log_that_was_cut_off_says_so(tmp_path: Path) -> None:
    lines = (DATA / "event_log.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(line for line in lines if "summaryEvent" not in line), encoding="utf-8")
    assert from_event_log(path, "dev").refused[0].startswith("the log ends before its summary")


URN = "urn:pulumi:dev::shop::databricks:index/cluster:Cluster::shared"


def one_step(tmp_path: Path, **step: object) -> StackChange:
    state = {"custom": True, "type": "databricks:index/cluster:Cluster", "inputs": {"a": 1}}
    path = tmp_path / "preview.json"
    whole = {"urn": URN, "oldState": state, "newState": {**state, "inputs": {"a": 2}}, **step}
    path.write_text(json.dumps({"steps": [whole]}), encoding="utf-8")
    return from_preview_json(path, "dev")


@pytest.mark.parametrize(
    ("operation", "kind"),
    [
        ("create", ChangeKind.CREATE),
        ("import", ChangeKind.IMPORT),
        ("delete", ChangeKind.DELETE),
        ("replace", ChangeKind.REPLACE),
        ("create-replacement", ChangeKind.REPLACE),
        ("delete-replaced", ChangeKind.REPLACE),
        ("import-replacement", ChangeKind.REPLACE),
        ("read", None),
        ("refresh", None),
        ("discard", None),
        ("remove-pending-replace", None),
    ],
)
def test_every_step_of_the_engine_is_known(tmp_path: Path, operation: str, kind: ChangeKind | None) -> None:
    change = one_step(tmp_path, op=operation)
    assert [item.kind for item in change.changes] == ([kind] if kind else [])
    assert change.notice == ""


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ({"op": 1}, "step 1: is no step of a preview: it has no op"),
        (
            {"op": "create", "newState": None},
            "step 1: is no whole step of a preview: create without newState",
        ),
        ({"op": "update", "newState": {}}, "update without newState"),
        ({"op": "replace", "newState": None}, "replace without newState"),
        ({"op": "delete", "oldState": None}, "delete without oldState"),
        ({"op": "delete-replaced", "oldState": None}, "delete-replaced without oldState"),
        ({"op": "same", "newState": [1]}, "newState must be an object"),
        ({"op": "same", "newState": {"type": ["x"]}}, "newState.type must be a text"),
        ({"op": "same", "newState": {"parent": "shop"}}, "newState.parent must be a URN"),
        ({"op": "same", "oldState": {"custom": "yes"}}, "oldState.custom must be true or false"),
        ({"op": "same", "oldState": {"protect": 1}}, "oldState.protect must be true or false"),
        ({"op": "same", "newState": {"inputs": ["a"]}}, "newState.inputs must be an object"),
        ({"op": "same", "newState": {"dependencies": "a"}}, "newState.dependencies must be a list"),
    ],
)
def test_a_step_that_no_engine_writes_is_named(tmp_path: Path, step: dict[str, object], message: str) -> None:
    with pytest.raises(RehearsalError, match=re.escape(message)):
        one_step(tmp_path, **step)


def test_what_a_state_leaves_empty_is_as_what_it_leaves_out(tmp_path: Path) -> None:
    state = {"custom": True, "type": None, "parent": None, "inputs": {"a": 2}}
    (change,) = one_step(tmp_path, op="create", newState=state).changes
    assert (change.type, change.name) == ("databricks:index/cluster:Cluster", "shared")


def test_the_first_half_of_a_replacement_is_one(tmp_path: Path) -> None:
    """As in a log that was cut off before the new resource."""
    change = one_step(tmp_path, op="delete-replaced", newState=None)
    assert [(item.kind, item.name) for item in change.changes] == [(ChangeKind.REPLACE, "shared")]


def test_a_step_of_another_kind_is_told(tmp_path: Path) -> None:
    assert "does not know: transmute" in one_step(tmp_path, op="transmute").notice


def test_a_replacement_without_details_names_its_cause(tmp_path: Path) -> None:
    (change,) = one_step(tmp_path, op="replace", replaceReasons=["a"]).changes
    assert [(item.path, item.old, item.new) for item in change.properties] == [("a", "1", "2")]
    assert change.replaces == ("a",)


SEALED = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:hunter2"}


def test_a_sealed_value_is_masked_wherever_it_stands(tmp_path: Path) -> None:
    state = {"custom": True, "inputs": {"list": [{"deep": SEALED}]}}
    change = one_step(tmp_path, op="update", newState=state, detailedDiff={"list[0].deep": {"kind": "add"}})
    assert "hunter2" not in json.dumps(change.to_json())
    assert "[secret]" in json.dumps(change.to_json())


def test_half_of_a_surrogate_pair_can_be_written(tmp_path: Path) -> None:
    state = {"custom": True, "inputs": {"a": "\ud800"}}
    change = one_step(tmp_path, op="update", newState=state, detailedDiff={"a": {"kind": "update"}})
    for render in (render_text, render_markdown):
        render([change]).encode()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match=r"missing\.json: No such file"):
        from_preview_json(tmp_path / "missing.json", "dev")


def test_costs_of_a_real_preview_are_those_of_the_stack_s_outputs(tmp_path: Path) -> None:
    stack = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"

    def state(amount: float) -> dict[str, object]:
        costs = {"currency": "USD", "parts": {"data": {"lake": amount}}}
        return {
            "type": "pulumi:pulumi:Stack",
            "urn": stack,
            "id": "",
            "parent": "",
            "inputs": {},
            "outputs": {"monthly_cost": costs},
            "provider": "",
        }

    step = {"op": "same", "urn": stack, "type": "pulumi:pulumi:Stack", "old": state(10.0), "new": state(25.0)}
    log = tmp_path / "events.jsonl"
    log.write_text(
        json.dumps({"sequence": 1, "resOutputsEvent": {"metadata": step, "planning": True}}) + "\n"
    )
    costs = from_event_log(log).costs
    assert costs is not None
    assert (costs.before, costs.after, [part.part for part in costs.parts]) == (10.0, 25.0, ["data"])
