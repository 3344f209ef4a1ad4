"""A real preview's change, from its JSON and from the engine's event log (both recorded with the CLI 3.260)."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehearsal.changes.from_engine import from_event_log, from_preview_json
from rehearsal.changes.model import FindingState, Kind
from rehearsal.errors import RehearsalError

DATA = Path(__file__).parents[2] / "data" / "changes"


def test_a_preview_s_json() -> None:
    change = from_preview_json(DATA / "preview.json", "dev")
    assert {(item.kind, item.name) for item in change.changes} == {
        (Kind.DELETE, "raw"),
        (Kind.REPLACE, "lake"),
        (Kind.UPDATE, "rg"),
        (Kind.CREATE, "reader"),
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
    assert change.counts() == {Kind.CREATE: 6}
    assert [(item.state, item.level, item.rule, item.subject) for item in change.findings] == [
        (FindingState.FOUND, "advisory", "lake-hns", "storage.StorageAccount lake"),
        (FindingState.FOUND, "advisory", "storage-tls", "storage.StorageAccount lake"),
    ]
    assert change.access[0].scope == "a scope known after deployment"


@pytest.mark.parametrize(
    ("content", "message"),
    [("{", "is no JSON"), ("[]", "has no steps"), ('{"steps": 1}', "has no steps")],
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


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match=r"missing\.json: No such file"):
        from_preview_json(tmp_path / "missing.json", "dev")
