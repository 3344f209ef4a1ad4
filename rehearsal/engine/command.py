"""The Pulumi CLI: found or installed, and run so that it ends and leaves nothing behind."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from pulumi.automation import CommandResult, PulumiCommand
from pulumi.automation.errors import create_command_error
from semver import VersionInfo

from rehearsal.engine.folders import EngineFolders
from rehearsal.model.errors import RehearsalError
from rehearsal.processes.interrupts import interrupts_wait
from rehearsal.processes.tree import end_tree

MINIMUM_VERSION = VersionInfo.parse("3.260.0")
"""Error hooks, and the recorded traffic that the providers are held to."""

_ASK_SECONDS = 60.0
_INSTALL_SECONDS = 300.0
_SAID_LINES = 40
_GRACE_SECONDS = 30.0
"""How long an engine that was told to stop may take to write its state."""

_HOW = (
    "install Pulumi 3.260 or later (https://www.pulumi.com/docs/install), or use `python -m rehearsal preview`, which "
    "needs none"
)

_INSTALL = "import sys; from pulumi.automation import PulumiCommand; PulumiCommand.install(root=sys.argv[1])"

OnOutput = Callable[[str], object]


class EngineTimeoutError(RehearsalError):
    """The engine was stopped because it took too long."""


def find_cli(folders: EngineFolders) -> Path:
    """The CLI from PATH, else the one in `.rehearsal/cli`, else a new one there from get.pulumi.com.

    Raises `RehearsalError` where none is to be had.
    """
    found = shutil.which("pulumi")
    if found:
        return Path(found)
    own = folders.cli / "bin" / ("pulumi.exe" if sys.platform == "win32" else "pulumi")
    if not own.is_file():
        _install(folders.cli)
    if not own.is_file():
        raise RehearsalError(f"there is no `pulumi` on PATH, and installing one left none in {own}; {_HOW}")
    return own


def _install(root: Path) -> None:
    """In a process of its own: the SDK's installer waits for the network without a limit."""
    print(f"no pulumi on PATH: installing it into {root}", file=sys.stderr, flush=True)
    try:
        result = subprocess.run(  # noqa: S603 - this Python, and the SDK's installer
            [sys.executable, "-c", _INSTALL, str(root)],
            capture_output=True,
            text=True,
            timeout=_INSTALL_SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise RehearsalError(
            f"there is no `pulumi` on PATH, and installing it took more than {_INSTALL_SECONDS:g} s; {_HOW}"
        ) from None
    if result.returncode:
        lines = result.stderr.strip().splitlines() or ["no reason given"]
        raise RehearsalError(
            f"there is no `pulumi` on PATH, and it could not be installed ({lines[-1]}); {_HOW}"
        )


class EngineCommand(PulumiCommand):
    """Runs the CLI in a session of its own with `environment` as its whole environment; a command that does not end
    within `seconds` is stopped, and whatever the CLI started ends with it. `said` is the end of what the last command
    that failed printed."""

    def __init__(self, path: Path, environment: Mapping[str, str], seconds: float) -> None:
        self.command = str(path)
        self.said = ""
        self._environment = dict(environment)
        self._seconds = seconds
        self.version = self._ask_version()

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: OnOutput | None = None,
        on_error: OnOutput | None = None,
    ) -> CommandResult:
        """As the base class does, which waits without a limit. Raises its `CommandError`, `RehearsalError`."""
        environment = {**self._environment, **additional_env, "PULUMI_AUTOMATION_API": "true"}
        started: list[subprocess.Popen[str]] = []
        streams: list[_Lines] = []
        try:
            with interrupts_wait():
                process = self._start(["--non-interactive", *args], cwd, environment)
                started.append(process)
                streams = [_Lines(process.stdout, on_output), _Lines(process.stderr, on_error)]
            self._wait(process, args)
        except KeyboardInterrupt:
            for process in started:
                _stop(process)
            raise
        finally:
            for process in started:
                _end_session(process)
            for stream in streams:
                stream.join(_GRACE_SECONDS)
        if process.returncode:
            self.said = "\n".join((*streams[0].lines[-_SAID_LINES:], *streams[1].lines[-_SAID_LINES:]))
        result = CommandResult(stdout=streams[0].text(), stderr=streams[1].text(), code=process.returncode)
        if process.returncode < 0:
            raise RehearsalError(_ended_by(process.returncode))
        if process.returncode:
            raise create_command_error(result)
        return result

    def _start(self, args: list[str], cwd: str, environment: Mapping[str, str]) -> subprocess.Popen[str]:
        try:
            return subprocess.Popen(  # noqa: S603 - the CLI that the user has
                [self.command, *args],
                cwd=cwd,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            raise RehearsalError(f"{self.command} does not start: {error.strerror}") from error

    def _wait(self, process: subprocess.Popen[str], args: list[str]) -> None:
        try:
            process.wait(self._seconds)
        except subprocess.TimeoutExpired:
            _stop(process)
            raise EngineTimeoutError(
                f"pulumi {args[0]} did not end within {self._seconds:g} s and was stopped; its state is kept "
                "(--timeout gives it longer)"
            ) from None

    def _ask_version(self) -> VersionInfo:
        process = self._start(
            ["version"], os.getcwd(), {**self._environment, "PULUMI_SKIP_UPDATE_CHECK": "1"}
        )
        try:
            said, complaint = process.communicate(timeout=_ASK_SECONDS)
        except subprocess.TimeoutExpired:
            _end_session(process)
            raise RehearsalError(
                f"{self.command} version does not answer within {_ASK_SECONDS:g} s"
            ) from None
        except KeyboardInterrupt:
            _end_session(process)
            raise
        try:
            version = VersionInfo.parse(said.strip().removeprefix("v"))
        except ValueError:
            text = (said + complaint).strip() or "nothing"
            raise RehearsalError(
                f"{self.command} version says {text!r}, which is no version; {_HOW}"
            ) from None
        if version < MINIMUM_VERSION and not version.prerelease:
            raise RehearsalError(f"{self.command} is {version}, older than {MINIMUM_VERSION}; {_HOW}")
        return version


def _ended_by(code: int) -> str:
    number = -code
    name = next((f" ({known.name})" for known in signal.Signals if known == number), "")
    return (
        f"pulumi was ended by signal {number}{name}; its state is kept, and the next run takes away its lock"
    )


class _Lines:
    """Reads a stream to its end beside everything else."""

    def __init__(self, stream: IO[str] | None, on_line: OnOutput | None) -> None:
        self.lines: list[str] = []
        self._stream = stream
        self._on_line = on_line
        self._thread = threading.Thread(target=self._read, name="rehearsal-engine-output", daemon=True)
        self._thread.start()

    def join(self, seconds: float) -> None:
        """Waits for the end of the stream."""
        self._thread.join(seconds)

    def text(self) -> str:
        """What was read."""
        return "\n".join(self.lines)

    def _read(self) -> None:
        for line in self._stream or ():
            stripped = line.rstrip()
            self.lines.append(stripped)
            if self._on_line is not None:
                self._on_line(stripped)
        if self._stream is not None:
            self._stream.close()


def _stop(process: subprocess.Popen[str]) -> None:
    """Asks the engine to stop, as Ctrl-C does: it ends the calls under way and writes its state."""
    with contextlib.suppress(OSError):
        process.send_signal(signal.SIGINT if sys.platform != "win32" else signal.SIGTERM)
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_session(process: subprocess.Popen[str]) -> None:
    """Ends the CLI and what it left behind: language host, program and policy packs have process groups of their own,
    but they stay in the session."""
    end_tree(process.pid, lambda: process.poll() is not None, done=True)
