"""The child's side: becoming a process of its own, sending, and answering the parent's questions."""

from __future__ import annotations

import asyncio
import atexit
import contextvars
import errno
import faulthandler
import io
import os
import pickle
import random
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from typing import NoReturn, TypeVar

from rehearsal.processes.messages import HEADER, Kind
from rehearsal.processes.tree import MARKER, end_descendants

T = TypeVar("T")

# What the program does to `os` must not reach us.
_read, _write, _exit, _getpid = os.read, os.write, os._exit, os.getpid

_kept: list[object] = []
"""The parent's streams. Let go of, they would write what the parent had not written yet."""

_PR_SET_CHILD_SUBREAPER = 36


class ChildSide:
    """What the function in the child speaks to its parent through."""

    def __init__(self, commands: int, reports: int) -> None:
        self._commands = commands
        self._reports = reports
        self._lock = threading.Lock()
        self._pid = _getpid()

    def watch(self, where: Callable[[], str]) -> None:
        """Starts a thread that answers the parent with what `where` says, and that ends this process and all that it
        started where the parent is gone."""
        self._pid = _getpid()
        if hasattr(faulthandler, "register"):
            faulthandler.register(signal.SIGUSR1, self._reports, all_threads=False)
        threading.Thread(target=self._watch, args=(where,), name="rehearsal-watch", daemon=True).start()

    def send(self, kind: Kind, content: bytes) -> None:
        """Raises `OSError` where the program has closed the pipe."""
        with self._lock:
            view = memoryview(HEADER.pack(kind, len(content)) + content)
            while view:
                view = view[_write(self._reports, view) :]

    def is_copy(self) -> bool:
        """Whether this process is a copy that the program forked: only the original reports."""
        return _getpid() != self._pid

    def leave(self) -> NoReturn:
        """Lets threads and exit handlers end, says so, and waits for the parent to end this process."""
        shutdown: Callable[[], None] | None = getattr(threading, "_shutdown", None)
        if shutdown is not None:
            shutdown()
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self.send(Kind.DONE, b"")
        while True:
            signal.pause() if hasattr(signal, "pause") else threading.Event().wait()

    def _watch(self, where: Callable[[], str]) -> None:
        try:
            while _read(self._commands, 1):
                self.send(Kind.WHERE, where().encode(errors="backslashreplace"))
        except OSError:
            return  # the program closed the pipe, or the parent ended first
        end_descendants(os.environ.get(MARKER, ""))
        _exit(1)


def run_forked(
    run: Callable[[ChildSide, T], None], argument: T, side: ChildSide, mark: str, output: int
) -> NoReturn:
    """Runs the function in a fresh fork, and never returns."""
    code = 1
    try:
        os.setsid()
        _own_signals()
        _own_streams(output)
        os.environ[MARKER] = mark
        atexit._clear()
        random.seed()
        asyncio._set_running_loop(None)
        asyncio.set_event_loop(None)
        _keep_orphans()
        contextvars.Context().run(run, side, argument)
        code = 0
    except BaseException as error:  # noqa: BLE001 - nobody above could handle it: the frames above are the parent's
        # Where the program has closed the pipe, the parent says so, and better than our own frames would.
        if not isinstance(error, OSError) or error.errno not in (errno.EBADF, errno.EPIPE):
            traceback.print_exc()
    finally:
        _exit(code)


def run_fresh() -> NoReturn:
    """Runs the function that the parent sends through stdin, in a fresh interpreter, and never returns."""
    commands, reports = os.dup(0), os.dup(1)
    _own_streams(2)
    _, length = HEADER.unpack(_read_exactly(commands, HEADER.size))
    content = _read_exactly(commands, length)
    sys.path[:], job = pickle.loads(content)  # noqa: S301 - from our own parent
    run, argument = pickle.loads(job)  # noqa: S301 - only now that what it names can be imported
    _keep_orphans()
    try:
        run(ChildSide(commands, reports), argument)
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
        _exit(1)
    _exit(0)


def _read_exactly(descriptor: int, count: int) -> bytes:
    data = b""
    while len(data) < count:
        chunk = _read(descriptor, count - len(data))
        if not chunk:
            _exit(1)
        data += chunk
    return data


def _own_signals() -> None:
    """As in a process that was just started: none of the parent's handlers, nothing held back."""
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals():
        if signal.getsignal(number) not in (signal.SIG_DFL, signal.SIG_IGN, None):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _own_streams(output: int) -> None:
    """It reads nothing: a prompt would wait for somebody who, in a pipeline, is not there. All that it prints goes to
    `output`, also from processes that it starts."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(output, 1)
    os.dup2(output, 2)
    _kept.extend([sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__, sys.__stderr__])
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = _writer(1)
    sys.stderr = sys.__stderr__ = _writer(2)


def _writer(descriptor: int) -> io.TextIOWrapper:
    return open(descriptor, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


def _keep_orphans() -> None:
    """On Linux, what a grandchild leaves behind becomes this process's child, and is found among its descendants
    (prctl(2), PR_SET_CHILD_SUBREAPER)."""
    if sys.platform == "linux":
        import ctypes  # only here: it costs milliseconds

        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
