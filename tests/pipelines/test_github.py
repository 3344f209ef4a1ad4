"""On GitHub: the comment is found and updated in place, the issue opened, updated and closed."""

from __future__ import annotations

from typing import Any

from pipelines.github import GitHub, Run
from pipelines.reports import Report
from tests.pipelines.fake_rest import FakeRest

RUN = Run("stranger", "fix/cost", "a" * 40, "https://example.com/run")
OURS = [{"number": 7, "head": {"sha": "a" * 40}}]
COMMENTS = "/issues/7/comments"
REHEARSAL = Report("pull request report", "2 replaced")
NO_PREVIEW = Report("real preview", None)


def comment(number: int, body: str, author: str = "github-actions[bot]") -> dict[str, Any]:
    return {"id": number, "body": body, "user": {"login": author}}


def test_the_first_report_is_a_new_comment_and_what_did_not_run_is_none() -> None:
    rest = FakeRest({"GET /pulls": OURS, f"GET {COMMENTS}": [comment(1, "looks good", "someone")]})
    assert list(GitHub(rest).show(RUN, (REHEARSAL, NO_PREVIEW))) == ["wrote the pull request report on #7"]
    assert rest.asked[0].startswith("GET /pulls?state=open&head=stranger%3Afix%2Fcost&per_page=100")
    ((request, body),) = rest.written
    assert request == f"POST {COMMENTS}"
    assert body["body"] == (
        f"{REHEARSAL.marker}\n2 replaced\n\nWritten by the code of stranger:fix/cost (a branch of this repository), "
        "not by main's; of aaaaaaaaaaaa, [log](https://example.com/run)"
    )


def test_each_comment_is_found_behind_hundreds_of_others_and_updated() -> None:
    others = [comment(number, "discussion", "someone") for number in range(250)]
    # Somebody else's comment with our marker is not ours to change.
    pretended = comment(900, REHEARSAL.marker, "stranger")
    own = [comment(998, f"{NO_PREVIEW.marker}\nold"), comment(999, f"{REHEARSAL.marker}\nold")]
    rest = FakeRest({"GET /pulls": OURS, f"GET {COMMENTS}": [pretended, *others, *own]})
    assert list(GitHub(rest).show(RUN, (REHEARSAL, NO_PREVIEW))) == [
        "updated the pull request report on #7",
        "updated the real preview on #7",
    ]
    assert [request for request, _ in rest.written] == [
        "PATCH /issues/comments/999",
        "PATCH /issues/comments/998",
    ]
    assert "The latest run wrote no report." in rest.written[1][1]["body"]


def test_a_pull_request_that_moved_on_is_left_alone() -> None:
    rest = FakeRest({"GET /pulls": [{"number": 7, "head": {"sha": "b" * 40}}]})
    (said,) = GitHub(rest).show(RUN, (REHEARSAL,))
    assert said.startswith("no open pull request")
    assert rest.written == []


DRIFT = Report("drift dev", "a tag was removed")
GONE = Report("drift dev", None)
LINK = "https://example.com/night"


def issue(number: int, body: str | None) -> dict[str, Any]:
    return {"number": number, "body": body}


def test_drift_opens_one_issue_and_updates_it_every_night() -> None:
    rest = FakeRest({"GET /issues": [issue(3, None), issue(4, "<!-- azure-ml-platform: drift prod -->")]})
    rest.answers = {**rest.answers, "POST /issues": {"number": 9}}
    assert GitHub(rest).tell_drift("Drift in dev", DRIFT, LINK) == "Drift in dev: opened #9"
    rest = FakeRest({"GET /issues": [issue(3, None), issue(9, f"{DRIFT.marker}\nolder")]})
    assert GitHub(rest).tell_drift("Drift in dev", DRIFT, LINK) == "Drift in dev: updated #9"
    ((request, body),) = rest.written
    assert request == "PATCH /issues/9"
    assert body == {"body": f"{DRIFT.marker}\na tag was removed\n\n[log]({LINK})"}
    assert rest.asked[0].startswith("GET /issues?state=open&creator=github-actions%5Bbot%5D")


def test_drift_that_is_gone_closes_its_issue() -> None:
    rest = FakeRest({"GET /issues": [issue(9, f"{DRIFT.marker}\nolder")]})
    assert GitHub(rest).tell_drift("Drift in dev", GONE, LINK) == "Drift in dev: closed #9"
    assert rest.written == [
        ("POST /issues/9/comments", {"body": f"Gone: [log]({LINK})"}),
        ("PATCH /issues/9", {"state": "closed", "state_reason": "completed"}),
    ]
    rest = FakeRest({"GET /issues": []})
    assert GitHub(rest).tell_drift("Drift in dev", GONE, LINK) == "Drift in dev: nothing"
    assert rest.written == []


def described(head: int) -> dict[str, Any]:
    """A run as the API answers it; 1 is the repository itself."""
    return {
        "head_repository": {"id": head, "owner": {"login": "stranger"}},
        "repository": {"id": 1},
        "head_branch": "main",
        "head_sha": "a" * 40,
        "html_url": "https://example.com/run",
        "triggering_actor": {"login": "@everyone"},
    }


def jobs(*names: str, conclusion: str | None = "success") -> dict[str, Any]:
    return {"jobs": [{"name": name, "conclusion": conclusion} for name in names]}


def run_of(head: int, listed: dict[str, Any]) -> tuple[Run, dict[str, str]]:
    github = GitHub(RunRest({"GET /actions/runs/5": described(head), "GET /actions/runs/5/jobs": listed}))
    run = github.read_run(5)
    return run, github.previewed(5, run, ["dev", "prod"])


class RunRest(FakeRest):
    """Jobs are listed inside a map, so the fake's own pages do not fit."""

    def call(
        self, method: str, path: str, body: object = None, *, content_type: str = "application/json"
    ) -> Any:
        return super().call(method, path.partition("?")[0], body, content_type=content_type)


def test_a_forks_job_is_no_real_preview_whatever_it_is_called() -> None:
    run, previewed = run_of(2, jobs("real preview of prod"))
    assert previewed == {}
    assert run.written_by.startswith("Written by the code of stranger:main (a fork, started by @everyone)")


def test_what_became_of_a_preview_is_what_the_api_says() -> None:
    run, previewed = run_of(1, jobs("real preview of dev", "check", conclusion="failure"))
    assert previewed == {"dev": "failure"}
    assert "a branch of this repository" in run.written_by
    assert run_of(1, jobs("real preview of dev", conclusion="skipped"))[1] == {}


def test_the_name_of_who_started_it_mentions_nobody() -> None:
    run, _ = run_of(1, jobs("check"))
    rest = FakeRest({"GET /pulls": OURS, f"GET {COMMENTS}": []})
    list(GitHub(rest).show(run, (REHEARSAL,)))
    assert "@\u200beveryone" in rest.written[0][1]["body"]
