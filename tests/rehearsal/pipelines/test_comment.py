"""The comment on a pull request: found, updated in place, and harmless whatever the report says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from rehearsal.pipelines.comment import (
    LONGEST,
    MARKER,
    GitHub,
    Run,
    body_of,
    find_pull_request,
    harmless,
    show,
)

RUN = Run("stranger", "fix/cost", "a" * 40, "https://example.com/run")


class FakeGitHub(GitHub):
    """Answers lists page by page, and keeps what was written."""

    def __init__(self, lists: Mapping[str, list[dict[str, Any]]]) -> None:
        super().__init__("https://api.example.com", "org/platform", "token")
        self.lists, self.written = lists, list[tuple[str, str, str]]()

    def call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> Any:
        if body is not None:
            self.written.append((method, path, str(body["body"])))
            return {}
        name, page = path.split("per_page")[0].rstrip("?&"), int(path.rsplit("page=", 1)[1])
        return self.lists.get(name, [])[(page - 1) * 100 : page * 100]


def comment(number: int, body: str, author: str = "github-actions[bot]") -> dict[str, Any]:
    return {"id": number, "body": body, "user": {"login": author}}


PULLS = "/pulls?state=open&head=stranger%3Afix%2Fcost"
COMMENTS = "/issues/7/comments"
OURS = [{"number": 7, "head": {"sha": "a" * 40}}]


def test_the_first_report_is_a_new_comment() -> None:
    github = FakeGitHub({PULLS: OURS, COMMENTS: [comment(1, "looks good", "someone")]})
    assert show(github, RUN, "2 replaced") == "commented on #7"
    ((method, path, body),) = github.written
    assert (method, path) == ("POST", COMMENTS)
    assert body.startswith(f"{MARKER}\n2 replaced\n")


def test_the_comment_is_found_behind_hundreds_of_others_and_updated() -> None:
    others = [comment(number, "discussion", "someone") for number in range(250)]
    # Somebody else's comment with our marker is not ours to change.
    pretended = comment(900, MARKER, "stranger")
    github = FakeGitHub({PULLS: OURS, COMMENTS: [pretended, *others, comment(999, f"{MARKER}\nold")]})
    assert show(github, RUN, "new") == "updated the comment on #7"
    assert [(method, path) for method, path, _ in github.written] == [("PATCH", "/issues/comments/999")]


def test_a_pull_request_that_moved_on_is_left_alone() -> None:
    github = FakeGitHub({PULLS: [{"number": 7, "head": {"sha": "b" * 40}}]})
    assert find_pull_request(github, RUN) is None
    assert show(github, RUN, "late").startswith("no open pull request")
    assert github.written == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ask @org/everyone", "ask @\u200borg/everyone"),
        ("![x](https://example.com/pixel)", "(image) x](https://example.com/pixel)"),
        ("<IMG src=x>", "(image)  src=x>"),
        (f"a{MARKER}b", "ab"),
        ("<!-- never closed", ""),
        ("| storage | Standard_LRS |", "| storage | Standard_LRS |"),
    ],
)
def test_a_report_mentions_nobody_and_loads_nothing(text: str, shown: str) -> None:
    assert harmless(text) == shown


@pytest.mark.parametrize("report", ["x" * 200_000, "@a" * 60_000, "é" * 200_000])
def test_a_comment_fits_and_keeps_its_first_lines_and_its_log(report: str) -> None:
    body = body_of(f"3 deleted\n{report}", RUN)
    assert len(body) <= LONGEST
    assert body.startswith(f"{MARKER}\n3 deleted\n")
    assert body.endswith("[log](https://example.com/run)")


def test_a_missing_report_is_told() -> None:
    assert "wrote no report" in body_of(None, RUN)
