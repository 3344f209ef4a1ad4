"""Azure DevOps (REST API 7.1): threads on pull requests of Azure Repos, and work items."""

from __future__ import annotations

import html
import urllib.error
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.reports import Report
from pipelines.rest import Rest

_VERSION = "api-version=7.1"
_PROPERTY = "azure-ml-platform.report"
_TAG = "azure-ml-platform-drift"
_JSON_PATCH = "application/json-patch+json"


@dataclass(frozen=True)
class Build:
    """The run, by the predefined variables of Azure Pipelines."""

    repository: str
    pull_request: int
    source_commit: str
    url: str
    number: int = 0


class AzureDevOps:
    """One project, as the build's identity sees it (System.AccessToken)."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> AzureDevOps:
        """From the variables that Azure Pipelines sets, and the token that the step maps."""
        project = urllib.parse.quote(environment["SYSTEM_TEAMPROJECT"])
        collection = environment["SYSTEM_COLLECTIONURI"].rstrip("/")
        return cls(Rest(f"{collection}/{project}/_apis", environment["SYSTEM_ACCESSTOKEN"]))

    def previewed(self, number: int, environments: Sequence[str]) -> dict[str, str]:
        """Environment to what became of its stage of real previews. A fork's run never reaches the job that asks."""
        records = self._rest.call("GET", f"/build/builds/{number}/timeline?{_VERSION}")["records"]
        stages = {
            str(one["identifier"]): str(one["result"])
            for one in records
            if one["type"] == "Stage" and one["result"] not in (None, "skipped")
        }
        return {one: stages[f"preview_{one}"] for one in environments if f"preview_{one}" in stages}

    def show(self, build: Build, reports: tuple[Report, ...]) -> Iterator[str]:
        """Each report as one thread, its comment updated in place; yields what was done."""
        path = f"/git/repositories/{build.repository}/pullRequests/{build.pull_request}"
        asked = self._rest.call("GET", f"{path}?{_VERSION}")
        if asked["status"] != "active" or asked["lastMergeSourceCommit"]["commitId"] != build.source_commit:
            yield f"pull request {build.pull_request} has moved on; nothing to say"
            return
        threads = self._rest.call("GET", f"{path}/threads?{_VERSION}")["value"]
        for report in reports:
            content = report.content(
                f"Written by the pull request's code, not by main's; of {build.source_commit[:12]}, [log]({build.url})"
            )
            if self._updated(path, threads, report.key, content):
                yield f"updated the {report.key} on pull request {build.pull_request}"
            elif report.text is not None:
                self._rest.call(
                    "POST",
                    f"{path}/threads?{_VERSION}",
                    {
                        "comments": [{"parentCommentId": 0, "content": content, "commentType": "text"}],
                        # An active thread would hold the pull request back where comments must be resolved.
                        "status": "closed",
                        "properties": {_PROPERTY: {"$type": "System.String", "$value": report.key}},
                    },
                )
                yield f"wrote the {report.key} on pull request {build.pull_request}"

    def _updated(self, path: str, threads: list[dict[str, Any]], key: str, content: str) -> bool:
        for thread in threads:
            given = (thread.get("properties") or {}).get(_PROPERTY) or {}
            if thread.get("isDeleted") or given.get("$value") != key:
                continue
            first = thread["comments"][0]
            try:
                self._rest.call(
                    "PATCH",
                    f"{path}/threads/{thread['id']}/comments/{first['id']}?{_VERSION}",
                    {"content": content},
                )
            except urllib.error.HTTPError as error:
                if error.code not in (400, 403):
                    raise
                continue  # nobody may edit what somebody else wrote: the thread only pretends to be ours
            return True
        return False

    def tell_drift(self, title: str, report: Report, link: str, kind: str = "Task") -> str:
        """The work item about it, made or updated; completed where there is nothing left to tell.

        `kind`: a type that the project's process has; every process of Azure's has Task.
        """
        states = self._rest.call("GET", f"/wit/workitemtypes/{urllib.parse.quote(kind)}/states?{_VERSION}")[
            "value"
        ]
        ended = [str(one["name"]) for one in states if one["category"] in ("Completed", "Removed")]
        found = self._open_item(kind, title, ended)
        if report.text is None:
            if found is None:
                return f"{title}: nothing"
            done = next(str(one["name"]) for one in states if one["category"] == "Completed")
            gone = f'Gone: <a href="{html.escape(link)}">log</a>'
            self._change(found, {"System.History": gone, "System.State": done})
            return f"{title}: {done} {found}"
        described = f"<pre>{html.escape(report.content(link))}</pre>"
        if found is None:
            made = self._rest.call(
                "POST",
                f"/wit/workitems/${urllib.parse.quote(kind)}?{_VERSION}",
                _patch({"System.Title": title, "System.Description": described, "System.Tags": _TAG}),
                content_type=_JSON_PATCH,
            )
            return f"{title}: made {made['id']}"
        self._change(found, {"System.Description": described})
        return f"{title}: updated {found}"

    def _open_item(self, kind: str, title: str, ended: list[str]) -> int | None:
        conditions = [
            "[System.TeamProject] = @project",
            f"[System.WorkItemType] = {_quoted(kind)}",
            f"[System.Title] = {_quoted(title)}",
            f"[System.Tags] CONTAINS {_quoted(_TAG)}",
            *(f"[System.State] <> {_quoted(state)}" for state in ended),
        ]
        query = f"SELECT [System.Id] FROM WorkItems WHERE {' AND '.join(conditions)}"  # noqa: S608 - all quoted
        answer = self._rest.call("POST", f"/wit/wiql?$top=1&{_VERSION}", {"query": query})
        return next((int(item["id"]) for item in answer["workItems"]), None)

    def _change(self, item: int, fields: Mapping[str, str]) -> None:
        self._rest.call(
            "PATCH", f"/wit/workitems/{item}?{_VERSION}", _patch(fields), content_type=_JSON_PATCH
        )


def _patch(fields: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"op": "add", "path": f"/fields/{name}", "value": value} for name, value in fields.items()]


def _quoted(text: str) -> str:
    """A text of the Work Item Query Language."""
    return "'" + text.replace("'", "''") + "'"
