"""The commands of README and docs: where each stands, what it needs, and how the rest is run.

A command is a line of a fenced shell block, or an inline one that begins with a program of this project. A block that
a machine without a cloud cannot run says so in its first line: `# needs Azure`, `# needs the Pulumi CLI`, `# needs the
network`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "docs/decisions/*.md", "benchmarks/*.md", "templates/*/*.md")
    for path in ROOT.glob(pattern)
)

TALKS = {
    "az": "Azure",
    "curl": "Azure",
    "databricks": "Azure",
    "gh": "GitHub",
    "kics": "the network",
    "kubectl": "Azure",
    "pip": "the network",
    "pipx": "the network",
    "pulumi": "Azure",
    "sqlcmd": "Azure",
    "trivy": "the network",
    "uv": "the network",
    "infra.cost.renew": "the network",
    "infra.promotion.unity_catalog": "Azure",
}
"""Programs that talk to somebody, and to whom."""

HARMLESS = {"export", "cd", "git", "jq", "ruff", "sh"}
"""Of the shell, of every machine, or of the environment."""

_BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_SHELLS = ("sh", "bash", "shell", "console")
_INLINE = re.compile(r"(?<!`)`((?:make|\.venv/bin/python|python3?)\s[^`]+)`")
_MARK = re.compile(r"\s*# needs (.+)\n")
_PROGRAM = re.compile(r"\s*(?:\$ )?([\w./-]+)")


@dataclass(frozen=True, order=True)
class Command:
    """`needs`: what its block says that it needs, empty for nothing."""

    text: str
    page: str
    needs: str = ""

    @property
    def words(self) -> list[str]:
        """The command's words."""
        return self.text.split()

    @property
    def program(self) -> str:
        """The program, behind assignments; `NAME=$(az …)` is az."""
        inside = re.fullmatch(r"[A-Z_]+=\$\((.*?)\)?", self.text)
        return (inside[1] if inside else self.text).split()[0]

    @property
    def talks_to(self) -> str | None:
        """Whom it talks to, wherever in it; None for nobody."""
        called = [self.program, *re.findall(r"(?:\$\(|python -m | -- )([\w.]+)", self.text)]
        return next((TALKS[one] for one in called if one in TALKS), None)


def commands(text: str, page: str) -> Iterator[Command]:
    """Each command of the shell blocks, and the inline ones that are this project's own."""
    for language, block in _BLOCK.findall(text):
        if language not in _SHELLS:
            continue
        mark = _MARK.match(block)
        shown = _prompts(block) if language == "console" else block
        for part in _parts(shown):
            yield Command(part, page, mark[1] if mark else "")
    for found in _INLINE.findall(text):
        yield Command(" ".join(found.split()), page)


def _prompts(block: str) -> str:
    """What was typed, without what was answered."""
    return "\n".join(line.strip()[2:] for line in block.splitlines() if line.strip().startswith("$ "))


def outputs() -> Iterator[tuple[str, str]]:
    """Each command that a page shows together with what it prints."""
    for path in PAGES:
        for language, block in _BLOCK.findall(path.read_text(encoding="utf-8")):
            if language == "console":
                yield from re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)


def _parts(block: str) -> Iterator[str]:
    for line in re.sub(r"\\\n\s*", " ", block).splitlines():
        for part in re.split(r"&&|;|\|(?![^(]*\))", re.sub(r"(^|\s)#.*", "", line)):
            if part.strip():
                yield part.strip()


def unlabelled(text: str) -> Iterator[str]:
    """The first lines of blocks without a language that look like commands: nothing would read them."""
    for language, block in _BLOCK.findall(text):
        program = _PROGRAM.match(block)
        if not language and program and program[1] in {*TALKS, "make", "python", "python3", "pulumi"}:
            yield block.splitlines()[0]


FOUND = [
    command
    for path in PAGES
    for command in commands(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
]

ELSEWHERE = {
    "make test": "is part of what runs this test",
    "make check": "is what runs this test",
    "make compatibility": "its tests are among those of make check",
    "make test-engine": "needs the Pulumi CLI; its tests skip without it",
    "make test-workload": "needs Java and Maven; continuous integration runs it",
    "make lock": "asks the package index",
    "make new": "asks in a terminal; tests/infra/new runs it",
    "make new ANSWERS=answers.yaml": "test_a_new_environment_is_written runs it, with the file",
    "python -m infra.new": "is told about; tests/infra/new runs it",
    "make yours": "ends with 1 while the reference platform's examples are in place; tests/infra/adoption runs it",
    "python -m benchmarks.provider": "measures for minutes",
    "python -m rehearsal up --stack dev": "needs the Pulumi CLI; tests/rehearsal/engine runs it with a stand-in",
    "make preflight": "needs Azure; tests/infra/preflight runs it against a fake",
    "make preflight VALIDATE=1": "needs Azure; tests/infra/preflight/test_validation.py asks a fake",
    ".venv/bin/python -m infra.preflight --stack dev --json": "needs Azure, as make preflight does",
    "make preflight STACK=dev VALIDATE=1": "needs Azure; tests/infra/preflight/test_validation.py asks a fake",
    "make --jobs=2 --output-sync=target test check preview test-workload": "is what runs this test",
    "make azure-policies": "needs Azure; tests/infra/azure_judges reads a fake's policies",
    "make azure-policies STACK=prod": "needs Azure; tests/infra/azure_judges reads a fake's policies",
    "make validate": "needs Azure; tests/infra/azure_judges runs what it runs against a fake",
    "make validate STACK=dev": "needs Azure, as make validate does",
    "make pull-request": "is told about; it asks for BASE, as the pipelines give it",
    "make scan STACK=prod": "needs checkov, as make scan does",
    "make scan": "needs checkov; tests/rehearsal/export/scan reads what it wrote once",
    "python -m rehearsal attribute RESULTS.sarif --export .rehearsal/export/prod --output FILE.sarif": (
        "needs a scanner's file; tests/rehearsal/export/scan runs it"
    ),
    "make deploy": "needs Azure; tests/pipelines runs it with a stand-in",
    "make verify": "needs Azure; tests/infra/verify runs what it runs against a fake",
    "make verify STACK=prod": "needs Azure; tests/infra/verify runs what it runs against a fake",
    "make verify-deployment": "needs Azure; tests/pipelines runs it with a stand-in",
    "make provision-spark": "needs Azure and STACK, as make deploy does",
    "make plan": "needs Azure; tests/pipelines runs it with a stand-in",
    "make stop-triggers": "needs Azure; tests/infra/data/test_trigger_steps.py runs what it runs",
    "make start-triggers": "needs Azure; tests/infra/data/test_trigger_steps.py runs what it runs",
    "make preflight FIX=--fix": "needs Azure; tests/infra/preflight runs it against a fake",
    "python -m infra.promotion.gate": "is told about; the page's example is compared with what it prints",
    "python -m infra.promotion.stack_line": "is told about; tests/infra/promotion runs it",
    "python -m rehearsal diff": "is told about, not to be run",
    "python -m rehearsal upgrade --from COMMIT_THAT_YOU_DEPLOYED": "tests/rehearsal/changes/test_upgrade.py runs it",
    "python -m rehearsal upgrade --from HEAD~1": "tests/rehearsal/changes/test_upgrade.py runs it",
    "python -m rehearsal upgrade --from HEAD~1 --settings here": "tests/rehearsal/changes/test_upgrade.py runs it",
    "python -m rehearsal diff --base HEAD~1": "tests/rehearsal/changes/test_first_screen.py runs it",
    "python -m rehearsal diff --base origin/main --stack prod --policy-pack policies --format markdown": (
        "needs a remote; make pull-request runs the same"
    ),
    "python -m rehearsal diff --event-log events.jsonl --stack prod": (
        "reads a file of the engine; tests/rehearsal/changes runs it"
    ),
    "python -m rehearsal diff --preview-json preview.json --stack prod": (
        "reads a file of the engine; tests/rehearsal/changes runs it"
    ),
    "python -m rehearsal diff --inventories base.json head.json": (
        "reads files of two previews; tests/rehearsal/changes runs it"
    ),
    "make drift": "needs Azure; tests/pipelines runs it with a stand-in",
    "make azure-tokens": "needs Azure; tests/pipelines runs it with a stand-in",
    "make preview STACK=dev": "is part of make preview",
    "make preview STACK=prod": "is part of make preview",
    "make preview SHOW=--all": "is make preview with more output; tests/rehearsal/test_summary.py compares both",
    "make preview SHOW=--access": "is make preview with more output",
    "make preview STACK=dev SHOW=--costs": "is make preview with more output",
    "python -m rehearsal preview --today 2027-03-01": "test_a_day_on_which_something_has_ended runs it",
    ".venv/bin/python -m rehearsal preview": "is part of make preview; its options stand in the table beside it",
    "python -m rehearsal preview": "is part of make preview",
    "python -m rehearsal": "is told about, not to be run",
}
"""Commands that are not run here as they stand, and why."""


def runnable() -> list[str]:
    """What is run, each once."""
    return sorted(
        {
            command.text
            for command in FOUND
            if not command.needs
            and command.talks_to is None
            and command.program not in HARMLESS
            and command.text not in ELSEWHERE
        }
        - {command for command, _ in outputs()}
    )
