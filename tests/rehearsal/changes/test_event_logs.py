"""Event logs of a real engine (recorded with the CLI 3.276): what stays says nothing, and nothing is invented."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.changes.from_engine import from_event_log
from rehearsal.changes.markdown import render_markdown
from rehearsal.changes.model import StackChange
from rehearsal.changes.text import render_text
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.errors import RehearsalError

DATA = Path(__file__).parents[2] / "data" / "changes"
EVENTS = DATA / "events"
ROLE_ASSIGNMENT = "azure-native:authorization:RoleAssignment"
PERMISSIONS = "databricks:index/permissions:Permissions"
BY_HAND = {"userName": "guest@example.com", "permissionLevel": "CAN_MANAGE"}

Event = dict[str, object]


def read(name: str) -> list[Event]:
    return [json.loads(line) for line in (EVENTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def changed(tmp_path: Path, events: list[Event], stack: str = "dev", project: str = "sample") -> StackChange:
    path = tmp_path / "events.jsonl"
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    return from_event_log(path, stack, project)


def recorded(name: str) -> StackChange:
    return from_event_log(EVENTS / f"{name}.jsonl", "dev", "sample")


def metadata(event: Event) -> dict[str, object]:
    step = event.get("resourcePreEvent") or event.get("resOutputsEvent") or {}
    assert isinstance(step, dict)
    found = step.get("metadata", {})
    assert isinstance(found, dict)
    return found


def summary(events: list[Event]) -> dict[str, object]:
    found = next(event["summaryEvent"] for event in events if "summaryEvent" in event)
    assert isinstance(found, dict)
    return found


def drifted(resource_type: str, edit: Callable[[dict[str, object]], None]) -> list[Event]:
    """A drift report without drift, in which each step of one resource is edited."""
    events = copy.deepcopy(read("drift_none"))
    for event in events:
        if metadata(event).get("type") == resource_type:
            edit(metadata(event))
    return events


def taken_away(step: dict[str, object]) -> None:
    """As after somebody deleted the resource by hand: the refresh finds nothing, and the program makes it again."""
    if step["op"] == "refresh":
        step["new"] = None
    else:
        step.update(op="create", old=None)
        new = step["new"]
        assert isinstance(new, dict)
        new["id"] = ""


def added_by_hand(step: dict[str, object]) -> None:
    """As after somebody gave a guest rights on a pool whose permissions the program lists."""
    with_guest = ("new",) if step["op"] == "refresh" else ("old",)
    for key in with_guest:
        state = copy.deepcopy(step[key])
        assert isinstance(state, dict)
        for values in (state["inputs"], state["outputs"]):
            values["accessControls"] = [*values.get("accessControls", []), BY_HAND]
        step[key] = state
    if step["op"] == "same":
        step.update(
            op="update", detailedDiff={"accessControls[1]": {"diffKind": "delete", "inputDiff": True}}
        )


def comments(tmp_path: Path) -> dict[str, StackChange]:
    """The comments that people see most, by the name of their golden file."""
    return {
        "first_preview": recorded("first_preview"),
        "tag_change": recorded("tag_change"),
        "drift_none": recorded("drift_none"),
        "drift_role_assignment_by_hand": changed(tmp_path, drifted(ROLE_ASSIGNMENT, taken_away)),
        "drift_permission_by_hand": changed(tmp_path, drifted(PERMISSIONS, added_by_hand)),
    }


def test_comments_read_as_their_files(tmp_path: Path) -> None:
    for name, change in comments(tmp_path).items():
        expected = (DATA / "comments" / f"{name}.md").read_text(encoding="utf-8")
        assert render_markdown([change]) == expected, (
            f"read it, then: python -m {__name__} (writes {name}.md)"
        )


@pytest.mark.parametrize("name", ["same", "drift_none"])
def test_a_log_of_same_steps_says_no_changes_and_nothing_of_access(name: str) -> None:
    assert render_text([recorded(name)]) == "dev: no changes, 8 unchanged\n"


def test_a_tag_change_is_one_folded_row() -> None:
    lines = render_text([recorded("tag_change")]).splitlines()
    assert lines[0] == "dev: 4 updated, 4 unchanged"
    assert lines[3] == '  updated      tag owner "team@example.com" → "other@example.com" on 4 resources'


def test_a_replacement_says_its_cause_and_what_is_dropped_is_deleted() -> None:
    change = recorded("replace_and_delete")
    assert [item.name for item in change.of(ChangeKind.DELETE)] == ["raw"]
    account = next(item for item in change.of(ChangeKind.REPLACE) if item.name == "account")
    assert (account.replaces, account.deletes_first) == (("isHnsEnabled",), True)


def test_the_grant_of_a_replaced_account_moves_with_it() -> None:
    assert [(row.principal, row.scope, row.gains) for row in recorded("replace_and_delete").access] == [
        ("id-sample-dev", "a scope known after deployment (RoleAssignment app-reads)", True),
        ("id-sample-dev", "storage.StorageAccount stsampledev0001", False),
    ]


def test_drift_by_hand_is_the_update_that_takes_it_back() -> None:
    change = recorded("drift_by_hand")
    (account,) = change.changes
    assert [(item.path, item.old, item.new) for item in account.properties] == [
        ("minimumTlsVersion", '"TLS1_0"', '"TLS1_2"'),
        ('tags["added-by"]', '"hand"', None),
    ]
    assert change.access == ()


def test_a_role_assignment_deleted_by_hand_is_given_again(tmp_path: Path) -> None:
    change = changed(tmp_path, drifted(ROLE_ASSIGNMENT, taken_away))
    assert change.counts() == {ChangeKind.CREATE: 1}
    assert [(row.principal, row.role, row.gains) for row in change.access] == [
        ("id-sample-dev", "Storage Blob Data Reader", True)
    ]


def test_a_permission_given_by_hand_is_taken_back(tmp_path: Path) -> None:
    change = changed(tmp_path, drifted(PERMISSIONS, added_by_hand))
    assert [(row.principal, row.role, row.gains) for row in change.access] == [
        ("guest@example.com", "CAN_MANAGE", False)
    ]


def test_unknown_objects_and_principals_are_called_after_who_names_them(tmp_path: Path) -> None:
    events = read("first_preview")
    for event in list(events):
        if metadata(event).get("type") == ROLE_ASSIGNMENT:
            twin = json.loads(json.dumps(event).replace("app-reads", "jobs-read"))
            events.append({**twin, "sequence": 1000 + len(events)})
    rows = changed(tmp_path, events).access
    assert [row.principal for row in rows if row.principal_type == "ServicePrincipal"] == [
        "a principal known after deployment (RoleAssignment app-reads)",
        "a principal known after deployment (RoleAssignment jobs-read)",
    ]
    assert [row.scope for row in rows if row.principal_type == "Group"] == [
        "an object known after deployment (Permissions pool-permissions)"
    ]


def test_the_time_is_left_out_where_the_log_tells_no_dependencies() -> None:
    assert recorded("first_preview").critical_path.steps == ()


def test_policies_that_could_not_judge_are_counted(tmp_path: Path) -> None:
    message = "can't run policy 'aks-version' from policy pack 'contoso': value isn't known during preview"
    finding = {"enforcementLevel": "advisory", "policyName": "aks-version", "message": message}
    events = [
        *read("same")[:-2],
        *({"sequence": 900 + number, "policyEvent": {**finding, "resourceUrn": urn}} for number, urn in URNS),
        *read("same")[-2:],
    ]
    report = render_text([changed(tmp_path, renumbered(events))])
    assert "2 could not be judged" in report
    assert "aks-version" not in report


URNS = [(0, "urn:pulumi:dev::sample::a:b:C::one"), (1, "urn:pulumi:dev::sample::a:b:C::two")]


def renumbered(events: list[Event]) -> list[Event]:
    return [{**event, "sequence": number} for number, event in enumerate(events)]


def test_a_log_that_is_cut_off_invents_nothing(tmp_path: Path) -> None:
    """Cut off after the refresh, and in the middle of the program's steps: what was not reached is not lost."""
    events = read("drift_none")
    for length in range(1, len(events) - 2):
        change = changed(tmp_path, events[:length])
        assert (change.changes, change.access, change.unprotected) == ((), (), ())
        assert change.refused == ("the log ends before its summary: the preview was cut off",)


def test_a_preview_that_failed_in_the_middle_says_so(tmp_path: Path) -> None:
    events = read("same")
    summary(events)["result"] = "failed"
    change = changed(tmp_path, [*events[:9], *events[-2:]])
    assert change.refused == ("the engine's summary says: failed",)
    assert change.notice == "the preview did not come to its end: what it did not reach is not told here"
    assert change.access == ()


def test_a_failed_step_names_its_resource() -> None:
    change = recorded("destroy_protected")
    assert any(finding.subject == "databricks.Workspace workspace" for finding in change.findings)
    assert "did not come to its end" in change.notice


def test_events_of_a_newer_engine_are_named(tmp_path: Path) -> None:
    events = [*read("same"), {"sequence": 5000, "telepathyEvent": {}}]
    change = changed(tmp_path, events)
    assert change.notice == "events of a kind that this version does not know: telepathyEvent"
    assert change.changes == ()


def test_the_log_of_another_stack_or_project_says_so(tmp_path: Path) -> None:
    change = changed(tmp_path, read("same"), "prod", "mlplatform")
    assert change.stack == "dev"
    assert change.notice == (
        "the preview is of stack dev of project sample, not of stack prod of project mlplatform"
    )
    assert changed(tmp_path, read("same"), "prod", "").notice == (
        "the preview is of stack dev of project sample, not of stack prod"
    )


def test_events_out_of_order_are_read_by_their_numbers(tmp_path: Path) -> None:
    change = changed(tmp_path, read("tag_change")[::-1])
    assert change.counts() == {ChangeKind.UPDATE: 4}
    assert change.notice == "the log's events were out of order: they are read by their numbers"


def test_two_logs_in_one_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match="is a second event 0: the file holds more than one log"):
        changed(tmp_path, [*read("same"), *read("tag_change")])


def test_the_log_of_an_update_is_not_taken_for_a_preview(tmp_path: Path) -> None:
    events = read("tag_change")
    summary(events)["isPreview"] = False
    assert "what it tells has happened" in changed(tmp_path, events).notice


def main() -> None:
    """Writes the golden files anew."""
    import tempfile

    (DATA / "comments").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, change in comments(Path(folder)).items():
            (DATA / "comments" / f"{name}.md").write_text(render_markdown([change]), encoding="utf-8")


if __name__ == "__main__":
    main()
