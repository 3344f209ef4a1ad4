"""Which processes came from one that we started, and how all of them are ended."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable

import psutil

MARKER = "REHEARSAL_PROCESS"
"""Environment variable by which a process is known that left both its parent and its session (a daemon)."""

GRACE_SECONDS = 1.0
"""From the request to end until the end by force."""

_KILL_SECONDS = 2.0
_LOOK_SECONDS = 0.005
_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
_ROUNDS = 5
"""How often we look again: what is about to be killed may have started something meanwhile."""


def descendants(pid: int) -> frozenset[int]:
    """The processes below this one, however deep; those that have ended are left out."""
    try:
        found = psutil.Process(pid).children(recursive=True)
    except (psutil.Error, OverflowError):
        return frozenset()
    return frozenset(process.pid for process in found if _lives(process))


def members(root: int, mark: str = "", *, ended: bool = False) -> list[psutil.Process]:
    """The living processes that came from `root`, without it and without this one: its descendants, what is in the
    session that it leads, and what carries `mark` in its environment.

    A root that has `ended` has no descendants any more, and its number may be another process's.
    """
    below = frozenset() if ended else descendants(root)
    found: list[psutil.Process] = []
    for process in psutil.process_iter():
        if process.pid in (root, os.getpid()):
            continue
        if process.pid in below or _session(process.pid) == root or (mark and _marked(process, mark)):
            found.append(process)
    return [process for process in found if _lives(process)]


def end_tree(
    root: int,
    has_ended: Callable[[], bool],
    *,
    mark: str = "",
    grace: float = GRACE_SECONDS,
    done: bool = False,
) -> None:
    """Ends `root` and all that came from it: asks, waits for `grace` seconds, then kills.

    `has_ended` says, of a child that only its starter may collect, whether the root has. `done` kills the root at once:
    it waits for that.
    """
    left = members(root, mark, ended=has_ended())
    _signal(left, psutil.Process.terminate)
    if not has_ended():
        _signal_root(root, _KILL if done else signal.SIGTERM)
    _wait(left, has_ended, grace)
    for _ in range(_ROUNDS):
        left = [*(process for process in left if _lives(process)), *members(root, mark, ended=has_ended())]
        if not left and has_ended():
            return
        if not has_ended():
            _signal_root(root, _KILL)
        _signal(left, psutil.Process.kill)
        _wait(left, has_ended, _KILL_SECONDS)


def end_descendants(mark: str = "") -> None:
    """Kills whatever came from this process, not this process."""
    end_tree(os.getpid(), lambda: True, mark=mark, grace=0)


def runs(pid: int, name: str) -> bool:
    """Whether this process lives and its program's name begins with `name`: numbers of processes are given again."""
    try:
        process = psutil.Process(pid)
        return _lives(process) and process.name().startswith(name)
    except (psutil.NoSuchProcess, OverflowError):
        return False
    except psutil.AccessDenied:
        return True  # it lives, belongs to somebody else, and does not show its name


def _wait(processes: Iterable[psutil.Process], has_ended: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not has_ended() or any(_lives(process) for process in processes):
        if time.monotonic() > deadline:
            return
        time.sleep(_LOOK_SECONDS)


def _signal_root(root: int, number: int) -> None:
    with contextlib.suppress(OSError):
        os.kill(root, number)


def _signal(processes: Iterable[psutil.Process], send: Callable[[psutil.Process], None]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.Error):
            send(process)


def _lives(process: psutil.Process) -> bool:
    """An ended process may wait for its parent to collect it: nothing of it is left to end."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.AccessDenied:
        return True
    except psutil.Error:
        return False


def _marked(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARKER) == mark
    except (psutil.Error, OSError):
        return False


if sys.platform == "win32":

    def _session(pid: int) -> int:  # noqa: ARG001 - Windows has no sessions of this kind
        return 0

else:

    def _session(pid: int) -> int:
        try:
            return os.getsid(pid)
        except OSError:
            return 0
