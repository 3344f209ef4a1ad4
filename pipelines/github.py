"""GitHub (REST API 2022-11-28): comments on pull requests, and issues."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.reports import Report, harmless
from pipelines.rest import Rest

_AUTHOR = "github-actions[bot]"
_PAGE = 100


@dataclass(frozen=True)
class Run:
    """The run whose reports they are, as GitHub's API describes it; nothing of it comes from the run's own files."""

    head_owner: str
    head_branch: str
    head_sha: str
    url: str
    own_branch: bool = True
    """Whether the code is a branch of the repository itself, no fork's."""
    author: str = ""

    @property
    def written_by(self) -> str:
        """Whose code wrote the reports: shown with them."""
        whose = "a branch of this repository" if self.own_branch else "a fork"
        by = f", started by {self.author}" if self.author else ""
        return f"Written by the code of {self.head_owner}:{self.head_branch} ({whose}{by}), not by main's"


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

    def read_run(self, number: int) -> Run:
        """What the API says of a run; its head repository tells a fork."""
        found = self._rest.call("GET", f"/actions/runs/{number}")
        head = found["head_repository"]
        return Run(
            head["owner"]["login"],
            found["head_branch"],
            found["head_sha"],
            found["html_url"],
            head["id"] == found["repository"]["id"],
            found["triggering_actor"]["login"],
        )

    def previewed(self, number: int, run: Run, environments: Sequence[str]) -> dict[str, str]:
        """Environment to what became of its real preview. A fork has none: whatever its jobs are called, they had no
        identity."""
        if not run.own_branch:
            return {}
        jobs = [
            job for page in self._jobs(number) for job in page if job["conclusion"] not in (None, "skipped")
        ]
        named = {str(job["name"]): str(job["conclusion"]) for job in jobs}
        return {
            one: named[f"real preview of {one}"] for one in environments if f"real preview of {one}" in named
        }

    def _jobs(self, number: int) -> Iterator[list[dict[str, Any]]]:
        page = 1
        while listed := self._rest.call("GET", f"/actions/runs/{number}/jobs?per_page={_PAGE}&page={page}")[
            "jobs"
        ]:
            yield listed
            if len(listed) < _PAGE:
                return
            page += 1

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
            body = {
                "body": report.body(f"{harmless(run.written_by)}; of {run.head_sha[:12]}, [log]({run.url})")
            }
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
        """Every entry of a list: the comment may come after hundreds of others."""
        joint, page = "&" if "?" in path else "?", 1
        while entries := self._rest.call("GET", f"{path}{joint}per_page={_PAGE}&page={page}"):
            yield from entries
            if len(entries) < _PAGE:
                return
            page += 1
