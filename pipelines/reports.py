"""What is shown of a run: its reports as bounded texts in which nothing acts.

A stranger's code may have written them, so they mention nobody, load nothing, and cannot look like each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SUCCEEDED = ("success", "succeeded", "succeededWithIssues")
"""What GitHub and Azure DevOps call a job that did what it should."""

LONGEST = 65_536
"""Characters that GitHub takes in one comment; Azure DevOps takes more."""


@dataclass(frozen=True)
class Report:
    """`key` finds it again. Without `text` there is nothing to say, but an older one must not stay as if it held."""

    key: str
    text: str | None
    stale: str = "The latest run wrote no report."

    @property
    def marker(self) -> str:
        """The hidden marker at the beginning of our comments."""
        return f"<!-- azure-ml-platform: {self.key} -->"

    def body(self, end: str) -> str:
        """The whole text behind its marker, within the limit; `end` is never cut."""
        return f"{self.marker}\n{self.content(end, LONGEST - len(self.marker) - 1)}"

    def content(self, end: str, room: int = LONGEST) -> str:
        """The same without a marker, for what is found again by other means."""
        text = harmless(self.stale if self.text is None else self.text)
        return f"{fitting(text, room - len(end) - 2)}\n\n{end}"


def pull_request_reports(
    folder: Path, environments: Sequence[str], previewed: Mapping[str, str]
) -> tuple[Report, Report]:
    """The rehearsal's report, and the real previews': one section for each environment.

    `previewed`: what the service says became of each environment's preview. What it does not name did not run, whatever
    files say that they are its report: a fork can write those.
    """
    rehearsal = _text(folder / "pull-request.md")
    missing = "The rehearsal wrote no report: the program failed before there was anything to compare."
    return (
        Report("pull request report", missing if rehearsal is None else rehearsal),
        Report(
            "real preview",
            _previews(folder, [name for name in environments if name in previewed], previewed),
            "The real preview did not run for the latest commit.",
        ),
    )


def _previews(folder: Path, environments: Sequence[str], previewed: Mapping[str, str]) -> str | None:
    texts = {name: _text(folder / f"real-preview-{name}.md") for name in environments}
    if not texts:
        return None
    room = (LONGEST - 1_000) // len(texts)
    return "\n\n".join(
        f"## Real preview of {name}\n\n{_outcome(previewed[name])}"
        f"{fitting(harmless(text), room) if text is not None else 'No report: the log says why.'}"
        for name, text in texts.items()
    )


def _outcome(conclusion: str) -> str:
    if conclusion in SUCCEEDED:
        return ""
    return f"**The job ended with {conclusion}: the log says why.**\n\n"


def exit_code(path: Path) -> int | None:
    """What the engine ended with; None where it did not start."""
    text = (_text(path) or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) else None


def environments_of(path: Path) -> list[str]:
    """The names in `environments.json`, in order."""
    return [str(one["name"]) for one in json.loads(path.read_text(encoding="utf-8"))]


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else None


def harmless(report: str) -> str:
    """A mention would tell people, an image would tell a server who reads, and a marker would look like ours."""
    without_comments = re.sub(r"<!--.*?-->", "", report, flags=re.DOTALL)
    # One that is never closed, or that the line above put together, would hide what comes after it, our log too.
    without_comments = without_comments.replace("<!--", "<\u200b!--")
    without_images = re.sub(
        r"!\[|<\s*(img|picture|source|video|audio)\b", "(image) ", without_comments, flags=re.IGNORECASE
    )
    # Azure DevOps mentions people as @<GUID>.
    return re.sub(r"@(?=[A-Za-z0-9<])", "@\u200b", without_images)


def fitting(text: str, room: int) -> str:
    """The text, cut at the end of a line where it is too long; what the cut left open is closed."""
    if len(text) <= room:
        return text
    end = "\n\n… the rest is in the log"
    kept = text[: room - len(end) - 200]
    kept = kept[: kept.rfind("\n") + 1] or kept
    if sum(line.lstrip().startswith("```") for line in kept.splitlines()) % 2:
        kept = f"{kept.rstrip()}\n```\n"
    unclosed = min(_count(r"<details", kept) - _count(r"</details", kept), 10)
    return kept + "\n</details>" * max(unclosed, 0) + end


def _count(pattern: str, text: str) -> int:
    return len(re.findall(pattern, text, re.IGNORECASE))


def said(lines: Iterable[str]) -> None:
    """What was done, in the job's log."""
    for line in lines:
        print(line)
