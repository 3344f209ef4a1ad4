"""Processes that the program started and left behind."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

_GRACE_SECONDS = 1.0


def descendants(pid: int | None = None) -> frozenset[int]:
    """The processes below this one, however deep. Empty where there is no /proc (macOS, Windows)."""
    found: set[int] = set()
    waiting = [pid if pid is not None else os.getpid()]
    while waiting:
        here = waiting.pop()
        for task in Path(f"/proc/{here}/task").glob("*/children"):
            with suppress(OSError):
                children = [int(child) for child in task.read_text().split()]
                waiting += [child for child in children if child not in found]
                found.update(children)
    return frozenset(found)


def end_processes(pids: frozenset[int]) -> None:
    """Asks them to end, and ends those that do not within a second."""
    for pid in pids:
        with suppress(OSError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE_SECONDS
    while pids & descendants() and time.monotonic() < deadline:
        time.sleep(0.02)
        _reap(pids)
    for pid in pids & descendants():
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    _reap(pids)


def _reap(pids: frozenset[int]) -> None:
    """Collects those that have ended; the program's own `Popen` objects are past doing it."""
    for pid in pids:
        with suppress(OSError):
            os.waitpid(pid, os.WNOHANG)
