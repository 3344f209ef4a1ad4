"""On Azure DevOps: the thread is found by its property, the work item by its title and tag."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.azure_devops import AzureDevOps, Build
from pipelines.reports import Report
from tests.pipelines.fake_rest import FakeRest

BUILD = Build("repo-id", 12, "a" * 40, "https://example.com/run")
PULL = "/git/repositories/repo-id/pullRequests/12"
ACTIVE = {"status": "active", "lastMergeSourceCommit": {"commitId": "a" * 40}}
REHEARSAL = Report("pull request report", "2 replaced")
NO_PREVIEW = Report("real preview", None)


def thread(number: int, key: str | None, **more: Any) -> dict[str, Any]:
    marked = {"azure-ml-platform.report": {"$type": "System.String", "$value": key}} if key else None
    return {"id": number, "comments": [{"id": 1}], "properties": marked, **more}


def test_the_first_report_is_a_closed_thread_with_a_property_of_ours() -> None:
    rest = FakeRest({f"GET {PULL}": ACTIVE, f"GET {PULL}/threads": {"value": [thread(1, None)]}})
    assert list(AzureDevOps(rest).show(BUILD, (REHEARSAL, NO_PREVIEW))) == [
        "wrote the pull request report on pull request 12"
    ]
    ((request, body),) = rest.written
    assert request == f"POST {PULL}/threads"
    assert body["status"] == "closed"
    assert body["properties"]["azure-ml-platform.report"]["$value"] == "pull request report"
    assert body["comments"][0]["content"] == (
        "2 replaced\n\nWritten by the pull request's code, not by main's; of aaaaaaaaaaaa, [log](https://example.com/run)"
    )
    assert all("api-version=7.1" in asked for asked in rest.asked)


def test_its_comment_is_updated_and_a_thread_that_pretends_is_passed_over() -> None:
    key = REHEARSAL.key
    deleted = {**thread(2, key), "isDeleted": True}
    threads = [thread(1, "real preview"), deleted, thread(3, key), thread(4, key)]
    rest = FakeRest(
        {f"GET {PULL}": ACTIVE, f"GET {PULL}/threads": {"value": threads}},
        refuses=(f"PATCH {PULL}/threads/3/comments/1",),
    )
    assert list(AzureDevOps(rest).show(BUILD, (REHEARSAL,))) == [
        "updated the pull request report on pull request 12"
    ]
    assert [request for request, _ in rest.written] == [f"PATCH {PULL}/threads/4/comments/1"]


@pytest.mark.parametrize(
    "answer",
    [
        {"status": "completed", "lastMergeSourceCommit": {"commitId": "a" * 40}},
        {"status": "active", "lastMergeSourceCommit": {"commitId": "b" * 40}},
    ],
)
def test_a_pull_request_that_moved_on_is_left_alone(answer: dict[str, Any]) -> None:
    rest = FakeRest({f"GET {PULL}": answer})
    assert list(AzureDevOps(rest).show(BUILD, (REHEARSAL,))) == [
        "pull request 12 has moved on; nothing to say"
    ]
    assert rest.written == []


STATES = {
    "value": [
        {"name": "To Do", "category": "Proposed"},
        {"name": "Done", "category": "Completed"},
        {"name": "Removed", "category": "Removed"},
    ]
}
DRIFT = Report("drift dev", "a <tag> was removed")
GONE = Report("drift dev", None)
LINK = "https://example.com/night"


def project(open_items: list[int]) -> FakeRest:
    return FakeRest(
        {
            "GET /wit/workitemtypes/Task/states": STATES,
            "POST /wit/wiql": {"workItems": [{"id": item} for item in open_items]},
            "POST /wit/workitems/$Task": {"id": 41},
        }
    )


def test_drift_makes_one_work_item_and_updates_it_every_night() -> None:
    rest = project([])
    assert AzureDevOps(rest).tell_drift("Drift in dev's", DRIFT, LINK) == "Drift in dev's: made 41"
    query, made = (body for _, body in rest.written)
    assert "[System.Title] = 'Drift in dev''s'" in query["query"]
    assert "[System.State] <> 'Done' AND [System.State] <> 'Removed'" in query["query"]
    fields = {change["path"]: change["value"] for change in made}
    assert fields["/fields/System.Description"] == f"<pre>a &lt;tag&gt; was removed\n\n{LINK}</pre>"
    assert fields["/fields/System.Tags"] == "azure-ml-platform-drift"
    rest = project([41])
    assert AzureDevOps(rest).tell_drift("Drift in dev", DRIFT, LINK) == "Drift in dev: updated 41"
    assert rest.written[-1][0] == "PATCH /wit/workitems/41"


def test_drift_that_is_gone_completes_its_work_item_in_the_processs_own_words() -> None:
    rest = project([41])
    assert AzureDevOps(rest).tell_drift("Drift in dev", GONE, LINK) == "Drift in dev: Done 41"
    changes = {change["path"]: change["value"] for change in rest.written[-1][1]}
    assert changes["/fields/System.State"] == "Done"
    assert LINK in changes["/fields/System.History"]
    rest = project([])
    assert AzureDevOps(rest).tell_drift("Drift in dev", GONE, LINK) == "Drift in dev: nothing"
