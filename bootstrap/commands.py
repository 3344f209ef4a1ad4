"""`az` and `gh`: what they answer, what is not there, and what they may not see are three different things."""

from __future__ import annotations

import dataclasses
import json
import shlex
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
Command: TypeAlias = tuple[str, ...]

_NOT_THERE = {"az": 3, "gh": 1}
"""The exit code for what does not exist; gh's is that of every failure, so its text is read too."""
_SECONDS = 300


class CannotError(Exception):
    """A look or a change that the service did not let happen; the text says which and why."""


@dataclass(frozen=True)
class Shell:
    """Runs the two programs. `say` tells the reader what is run. Between two changes, a question is asked once."""

    say: Callable[[str], None]
    _known: dict[Command, Json] = dataclasses.field(default_factory=dict)

    def look(self, *command: str) -> Json:
        """The answer as JSON; None where there is no such thing. Raises CannotError for any other failure."""
        if command not in self._known:
            self._known[command] = self._look(*command)
        return self._known[command]

    def _look(self, *command: str) -> Json:
        done = self._run(*command)
        if done.returncode == 0:
            return json.loads(done.stdout) if done.stdout.strip() else None
        if _says_absent(command[0], done):
            return None
        raise CannotError(f"could not look: {shlex.join(command)}: {_reason(done)}")

    def change(self, command: Command) -> None:
        """Runs a command that changes something. Raises CannotError where it fails."""
        self.say(f"running: {shlex.join(command)}")
        self._known.clear()
        done = self._run(*command)
        if done.returncode != 0:
            raise CannotError(f"could not change: {shlex.join(command)}: {_reason(done)}")

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(
                [*command],
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except FileNotFoundError as error:
            raise CannotError(
                f"{command[0]} is not installed: docs/bootstrap.md says what is needed"
            ) from error
        except subprocess.TimeoutExpired as error:
            raise CannotError(f"no answer in {_SECONDS} seconds: {shlex.join(command)}") from error


def _says_absent(program: str, done: subprocess.CompletedProcess[str]) -> bool:
    if program == "gh":
        return "HTTP 404" in done.stderr
    # `az rest` ends with 1 for every status and writes it into its text.
    return done.returncode == _NOT_THERE["az"] or "Not Found(" in done.stderr


def _reason(done: subprocess.CompletedProcess[str]) -> str:
    text = " ".join((done.stderr or done.stdout).split())
    return text[:500] or f"exit code {done.returncode}"


def field(value: Json, *path: str) -> Json:
    """What lies at a path of maps; None where there is nothing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text(value: Json, *path: str) -> str:
    """The text at a path; empty where there is none."""
    found = field(value, *path)
    return found if isinstance(found, str) else ""


def items(value: Json, *path: str) -> list[Json]:
    """The list at a path; empty where there is none."""
    found = field(value, *path)
    return found if isinstance(found, list) else []
