"""Every command in README and docs is one that exists, or is marked below as needing Azure."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "docs/decisions/*.md", "benchmarks/*.md")
    for path in ROOT.glob(pattern)
)

NEEDS_AZURE = {"az", "pulumi", "databricks", "gh", "curl"}
"""Programs that talk to Azure, Databricks or GitHub: no test can run them."""

HARMLESS = {"export", "pip", "cd", "git"}
"""Of the shell, or of every machine."""

_BLOCK = re.compile(r"^ *```(?:sh|bash|shell|console)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:make|\.venv/bin/python|python3?) [^`]+)`")


def commands(text: str) -> Iterator[str]:
    """Each command of the fenced shell blocks, and the inline ones that are this project's own."""
    for block in _BLOCK.findall(text):
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            for part in re.split(r"&&|;|\|(?![^(]*\))", re.sub(r"(^|\s)#.*", "", line)):
                if part.strip():
                    yield part.strip()
    yield from (" ".join(found.split()) for found in _INLINE.findall(text))


FOUND = [(path, command) for path in PAGES for command in commands(path.read_text(encoding="utf-8"))]
OWN = sorted({(command, str(path.relative_to(ROOT))) for path, command in FOUND})


def program_of(command: str) -> str:
    """The program, behind assignments; `NAME=$(az …)` is az."""
    inside = re.fullmatch(r"[A-Z_]+=\$\((.*?)\)?", command)
    return (inside[1] if inside else command).split()[0]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def problem_of(command: str) -> str | None:
    """What is wrong with a documented command; None for one that exists or that only Azure can answer."""
    words = command.split()
    program = program_of(command)
    if program in NEEDS_AZURE | HARMLESS:
        return None
    if program == "make":
        wanted = [word for word in words[1:] if "=" not in word and not word.startswith("-")]
        unknown = [word for word in wanted if word not in targets()]
        return f"no target {unknown[0]}" if unknown else None
    if program in (".venv/bin/python", "python", "python3"):
        return _python_problem(words[1:])
    if (ROOT / program).is_file():
        return None
    return f"{program} is neither of this project nor known to need Azure"


def _python_problem(words: list[str]) -> str | None:
    if words[0] != "-m":
        return None if (ROOT / words[0]).is_file() else f"no file {words[0]}"
    path = ROOT / words[1].replace(".", "/")
    if not (path.is_dir() or path.with_suffix(".py").is_file()):
        return f"no module {words[1]}"
    if words[1] not in ("rehearsal", "infra.preflight"):
        return None
    named = [word for word in words[2:3] if re.fullmatch(r"[a-z]+", word)]
    options = {word.split("=")[0] for word in words[2:] if word.startswith("--")}
    return _unknown(help_of(words[1], *named), options)


def _unknown(text: str | None, options: set[str]) -> str | None:
    if text is None:
        return "no such command"
    missing = sorted(option for option in options if option not in text)
    return f"no option {missing[0]}" if missing else None


_helps: dict[tuple[str, ...], str | None] = {}


def help_of(*command: str) -> str | None:
    """What `--help` prints, asked once for each command; None where the command is refused."""
    if command not in _helps:
        ran = subprocess.run(
            [sys.executable, "-m", *command, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        _helps[command] = ran.stdout if ran.returncode == 0 else None
    return _helps[command]


def test_a_documented_command_exists_or_needs_azure() -> None:
    assert len(OWN) > 20
    problems = [f"{page}: {command}: {problem}" for command, page in OWN if (problem := problem_of(command))]
    assert problems == []


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("make prewiev", "no target prewiev"),
        ("python -m rehearsal perview", "no such command"),
        ("python -m rehearsal preview --stac dev --nope", "no option --nope"),
        ("python benchmarks/absent.py", "no file benchmarks/absent.py"),
        ("terraform apply", "terraform is neither of this project nor known to need Azure"),
        ("make preview STACK=qa", None),
        ("URI=$(pulumi stack output uri)", None),
    ],
)
def test_a_wrong_command_is_found(command: str, problem: str | None) -> None:
    assert problem_of(command) == problem


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_between_pages_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    own = [link for link in links if re.fullmatch(r"[\w./-]+", link) and not link.startswith("-")]
    broken = [link for link in own if not (path.parent / link).exists()]
    assert broken == []
