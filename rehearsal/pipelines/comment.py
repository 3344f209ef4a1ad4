"""Show a report on its pull request: one comment, updated in place (GitHub REST API 2022-11-28).

Run by a job that may write comments, on text that a stranger's code may have written: the pull request is found by
what GitHub says of the run, never by what the report says, and nobody is mentioned and nothing loaded by it.
"""

from __future__ import annotations

import json
import os
import re
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MARKER = "<!-- azure-ml-platform: pull request report -->"
LONGEST = 65_536
"""GitHub refuses a longer comment."""

_AUTHOR = "github-actions[bot]"
_PAGE = 100


@dataclass(frozen=True)
class Run:
    """The run whose report it is, as GitHub's own event describes it."""

    head_owner: str
    head_branch: str
    head_sha: str
    url: str


class GitHub:
    """The few calls that are needed."""

    def __init__(self, api: str, repository: str, token: str) -> None:
        self._base, self._token = f"{api}/repos/{repository}", token

    def call(
        self, method: str, path: str, body: Mapping[str, object] | None = None
    ) -> Any:  # JSON of any shape
        """Raises `urllib.error.URLError`, which names the status."""
        request = urllib.request.Request(  # noqa: S310 - the address is GitHub's own setting of the job
            f"{self._base}{path}",
            method=method,
            data=json.dumps(body).encode() if body is not None else None,
            headers={
                "Authorization": f"Bearer {self._token}",
                "Accept": "application/vnd.github+json",
                "Content-Type": "application/json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return json.load(response)

    def pages(self, path: str) -> Iterator[dict[str, Any]]:
        """Every entry of a list: the comment may stand behind hundreds of others."""
        joint, page = "&" if "?" in path else "?", 1
        while entries := self.call("GET", f"{path}{joint}per_page={_PAGE}&page={page}"):
            yield from entries
            if len(entries) < _PAGE:
                return
            page += 1


def find_pull_request(github: GitHub, run: Run) -> int | None:
    """The open pull request that still has the run's commit as its head; None once it moved on."""
    head = urllib.parse.quote(f"{run.head_owner}:{run.head_branch}", safe="")
    for pull_request in github.pages(f"/pulls?state=open&head={head}"):
        if pull_request["head"]["sha"] == run.head_sha:
            return int(pull_request["number"])
    return None


def body_of(report: str | None, run: Run) -> str:
    """The comment's text, within GitHub's limit."""
    if report is None:
        report = "The rehearsal wrote no report: the program failed before there was anything to compare."
    end = f"\n\nof {run.head_sha[:12]}, [log]({run.url})"
    room = LONGEST - len(MARKER) - len(end) - 40
    report = harmless(report)
    if len(report) > room:
        report = report[: room - 60] + "\n\n… the rest is in the log"
    return f"{MARKER}\n{report}{end}"


def harmless(report: str) -> str:
    """A mention would tell people, an image would tell a server who reads, and a marker would look like ours."""
    without_comments = re.sub(r"<!--.*?(-->|\Z)", "", report, flags=re.DOTALL)
    without_images = re.sub(
        r"!\[|<\s*(img|picture|source|video|audio)\b", "(image) ", without_comments, flags=re.IGNORECASE
    )
    return re.sub(r"@(?=[A-Za-z0-9])", "@\u200b", without_images)


def show(github: GitHub, run: Run, report: str | None) -> str:
    """Write the comment; says what was done."""
    number = find_pull_request(github, run)
    if number is None:
        return f"no open pull request has {run.head_sha} as its head; nothing to say"
    body = {"body": body_of(report, run)}
    for comment in github.pages(f"/issues/{number}/comments"):
        if comment["user"]["login"] == _AUTHOR and comment["body"].startswith(MARKER):
            github.call("PATCH", f"/issues/comments/{comment['id']}", body)
            return f"updated the comment on #{number}"
    github.call("POST", f"/issues/{number}/comments", body)
    return f"commented on #{number}"


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """`python -m rehearsal.pipelines.comment REPORT`, with the run in the environment."""
    path = Path(arguments[0])
    github = GitHub(
        environment.get("GITHUB_API_URL", "https://api.github.com"),
        environment["GITHUB_REPOSITORY"],
        environment["GITHUB_TOKEN"],
    )
    run = Run(
        environment["HEAD_OWNER"], environment["HEAD_BRANCH"], environment["HEAD_SHA"], environment["RUN_URL"]
    )
    report = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None
    print(show(github, run, report))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
