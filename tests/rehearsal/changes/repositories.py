"""Git repositories of tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SECONDS = 60


def git(folder: Path, *arguments: str) -> str:
    """What git prints. The identity and no signing are given: a machine's own configuration plays no part."""
    identity = ["-c", "user.name=Example", "-c", "user.email=user@example.com", "-c", "commit.gpgsign=false"]
    done = subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments],
        capture_output=True,
        text=True,
        check=True,
        timeout=_SECONDS,
    )
    return done.stdout.strip()


def commit_all(folder: Path, message: str) -> None:
    """Everything in the folder as a commit, the first one in a new repository."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
