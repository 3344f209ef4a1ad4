"""A Python function in a process of its own: started, asked where it is, read from, and ended with its whole tree.

Where forking is safe the child is a fork: what the parent has imported is there at once. macOS and Windows get a fresh
interpreter, which imports anew (system libraries of macOS start threads, and a fork of those may crash:
https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods).
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
import uuid
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from rehearsal.processes.child_side import ChildSide, run_forked
from rehearsal.processes.messages import HEADER, Kind, Message, split_messages
from rehearsal.processes.tree import MARKER, end_tree

T = TypeVar("T")

FORKS = hasattr(os, "fork") and sys.platform != "darwin"

_POLL_SECONDS = 0.02
_LOOK_SECONDS = 0.2
"""How often a wait for a message looks whether the child has ended. What it sends is taken at once."""
_CHUNK = 1 << 20

_FRESH = "from rehearsal.processes.child_side import run_fresh; run_fresh()"


@dataclass(frozen=True)
class Pipes:
    """The parent's ends."""

    commands: int
    reports: int


class Child:
    """A child process. As a context manager it is ended with the block, however the block ends."""

    def __init__(self, pid: int, pipes: Pipes, mark: str, process: subprocess.Popen[bytes] | None) -> None:
        self.pid = pid
        self._pipes = pipes
        self._mark = mark
        self._process = process
        self._code: int | None = None
        self._chunks: queue.Queue[bytes] = queue.Queue()
        self._buffer = b""
        threading.Thread(target=self._read, name="rehearsal-child", daemon=True).start()

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def receive(self, seconds: float) -> Message | None:
        """The next message; None where none has come within `seconds`, or where the child has ended."""
        deadline = time.monotonic() + seconds
        while True:
            message, self._buffer = split_messages(self._buffer)
            if message is not None:
                return message
            ended = self.poll() is not None
            left = deadline - time.monotonic()
            if left <= 0 and not ended:
                return None
            try:
                self._buffer += self._chunks.get(timeout=_POLL_SECONDS if ended else min(_LOOK_SECONDS, left))
            except queue.Empty:
                if ended:
                    return None

    def ask_where(self) -> None:
        """Asks the child's watching thread where its main thread is; the answer is a message."""
        with contextlib.suppress(OSError):
            os.write(self._pipes.commands, b"?")

    def dump_where(self, seconds: float) -> str:
        """Where the main thread is, as `faulthandler` writes it; empty where it cannot.

        For a child whose watching thread does not answer, because native code keeps Python's lock.
        """
        number = getattr(signal, "SIGUSR1", None)
        if number is None or self.poll() is not None:
            return ""
        with contextlib.suppress(OSError):
            os.kill(self.pid, number)
        text = b""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(queue.Empty):
                text += self._chunks.get(timeout=_POLL_SECONDS)
        return text.decode(errors="replace")

    def poll(self) -> int | None:
        """The exit code once it has ended (the signal's number, negative, where one ended it)."""
        if self._code is None:
            if self._process is not None:
                self._code = self._process.poll()
            else:
                with contextlib.suppress(ChildProcessError):
                    pid, status = os.waitpid(self.pid, os.WNOHANG)
                    self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code

    def end(self, *, done: bool = False) -> None:
        """Ends the child and all that came from it; a child that is `done` waits for it and is given no time."""
        if self._pipes.commands < 0:
            return
        end_tree(self.pid, lambda: self.poll() is not None, mark=self._mark, done=done)
        with contextlib.suppress(OSError):
            os.close(self._pipes.commands)
        self._pipes = Pipes(-1, -1)

    def _read(self) -> None:
        """Takes what comes from the pipe, so that the child never waits for us, and closes it at its end."""
        reports = self._pipes.reports
        try:
            while chunk := os.read(reports, _CHUNK):
                self._chunks.put(chunk)
        except OSError:
            pass
        finally:
            os.close(reports)


def start_child(
    run: Callable[[ChildSide, T], None], argument: T, *, output: int = 2, fork: bool = FORKS
) -> Child:
    """Starts `run(side, argument)` in a child. Both must be picklable where the child is not forked.

    What the child prints goes to the file descriptor `output` (stderr: stdout is the report's), and it reads nothing.
    Raises `OSError` where no process can be started.
    """
    mark = uuid.uuid4().hex
    return _fork(run, argument, mark, output) if fork else _fresh(run, argument, mark, output)


def _fork(run: Callable[[ChildSide, T], None], argument: T, mark: str, output: int) -> Child:
    commands_out, commands_in = os.pipe()
    reports_out, reports_in = os.pipe()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()  # else the child would hold the same text
    with warnings.catch_warnings():
        # Python 3.12 warns of threads. The child uses nothing that ours hold: it has a loop and streams of its own.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        os.close(commands_in)
        os.close(reports_out)
        run_forked(run, argument, ChildSide(commands_out, reports_in), mark, output)
    os.close(commands_out)
    os.close(reports_in)
    return Child(pid, Pipes(commands_in, reports_out), mark, None)


def _fresh(run: Callable[[ChildSide, T], None], argument: T, mark: str, output: int) -> Child:
    job = pickle.dumps((list(sys.path), pickle.dumps((run, argument))))
    package = str(Path(__file__).resolve().parents[2])
    process = subprocess.Popen(  # noqa: S603 - this Python
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {package!r}); {_FRESH}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=output,
        env={**os.environ, MARKER: mark},
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    commands, reports = os.dup(process.stdin.fileno()), os.dup(process.stdout.fileno())
    process.stdin.close()
    process.stdout.close()
    child = Child(process.pid, Pipes(commands, reports), mark, process)
    with contextlib.suppress(BrokenPipeError):  # it ended at once: seen by its exit code
        _write_all(commands, HEADER.pack(Kind.JOB, len(job)) + job)
    return child


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
