"""GitHub (REST API 2022-11-28): comments on pull requests, and issues."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.reports import Report
from pipelines.rest import Rest

_AUTHOR = "github-actions[bot]"
_PAGE = 100


@dataclass(frozen=True)
class Run:
    """The run whose reports they are, as GitHub's own event describes it."""

    head_owner: str
    head_branch: str
    head_sha: str
    url: str


class GitHub:
    """One repository, as the job's token sees it. What others wrote is never changed."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> GitHub:
        """From the variables that GitHub sets, and the token that the job gives."""
        api = environment.get("GITHUB_API_URL", "https://api.github.com")
        return cls(
            Rest(
                f"{api}/repos/{environment['GITHUB_REPOSITORY']}",
                environment["GITHUB_TOKEN"],
                {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"},
            )
        )

    def find_pull_request(self, run: Run) -> int | None:
        """The open pull request that still has the run's commit as its head; None once it moved on."""
        head = urllib.parse.quote(f"{run.head_owner}:{run.head_branch}", safe="")
        for pull_request in self._pages(f"/pulls?state=open&head={head}"):
            if pull_request["head"]["sha"] == run.head_sha:
                return int(pull_request["number"])
        return None

    def show(self, run: Run, reports: tuple[Report, ...]) -> Iterator[str]:
        """Each report as one comment, updated in place; yields what was done."""
        number = self.find_pull_request(run)
        if number is None:
            yield f"no open pull request has {run.head_sha} as its head; nothing to say"
            return
        ours = [
            (int(comment["id"]), str(comment["body"]))
            for comment in self._pages(f"/issues/{number}/comments")
            if comment["user"]["login"] == _AUTHOR
        ]
        for report in reports:
            body = {"body": report.body(f"of {run.head_sha[:12]}, [log]({run.url})")}
            found = next((one for one, text in ours if text.startswith(report.marker)), None)
            if found is not None:
                self._rest.call("PATCH", f"/issues/comments/{found}", body)
                yield f"updated the {report.key} on #{number}"
            elif report.text is not None:
                self._rest.call("POST", f"/issues/{number}/comments", body)
                yield f"wrote the {report.key} on #{number}"

    def tell_drift(self, title: str, report: Report, link: str) -> str:
        """The issue about it, opened or updated; closed where there is nothing left to tell."""
        author = urllib.parse.quote(_AUTHOR)
        found = next(
            (
                int(issue["number"])
                for issue in self._pages(f"/issues?state=open&creator={author}")
                if str(issue["body"]).startswith(report.marker)
            ),
            None,
        )
        body = report.body(f"[log]({link})")
        if report.text is None:
            if found is None:
                return f"{title}: nothing"
            self._rest.call("POST", f"/issues/{found}/comments", {"body": f"Gone: [log]({link})"})
            self._rest.call("PATCH", f"/issues/{found}", {"state": "closed", "state_reason": "completed"})
            return f"{title}: closed #{found}"
        if found is None:
            made = self._rest.call("POST", "/issues", {"title": title, "body": body})
            return f"{title}: opened #{made['number']}"
        self._rest.call("PATCH", f"/issues/{found}", {"body": body})
        return f"{title}: updated #{found}"

    def _pages(self, path: str) -> Iterator[dict[str, Any]]:
        """Every entry of a list: the comment may stand behind hundreds of others."""
        joint, page = "&" if "?" in path else "?", 1
        while entries := self._rest.call("GET", f"{path}{joint}per_page={_PAGE}&page={page}"):
            yield from entries
            if len(entries) < _PAGE:
                return
            page += 1
