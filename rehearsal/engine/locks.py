"""One run at a time on a stack: our own lock, and what is left of the engine's after it was killed."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from rehearsal.engine.folders import EngineFolders
from rehearsal.model.errors import RehearsalError
from rehearsal.processes.tree import runs


@contextlib.contextmanager
def one_run_at_a_time(folders: EngineFolders) -> Iterator[None]:
    """Holds the stack for the block; the operating system lets go of it when the process ends, however it ends.

    Raises `RehearsalError` where another run holds it, or where it cannot be opened.
    """
    path = folders.own / "lock"
    try:
        opened = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}; it must be a file that may be written") from error
    with opened as stream:
        if not _lock(stream.fileno()):
            stream.seek(0)
            holder = stream.read().strip() or "unknown"
            raise RehearsalError(
                f"another rehearsal (process {holder}) is at work on stack {folders.stack}; wait for it to end"
            )
        stream.truncate(0)
        stream.write(str(os.getpid()))
        stream.flush()
        yield


def remove_stale_locks(folders: EngineFolders) -> list[str]:
    """Takes away the engine's locks that a killed engine left behind, as `pulumi cancel` does; what was taken away.

    Only while `one_run_at_a_time` is held: then nobody but an engine whose rehearsal was killed can hold one. Raises
    `RehearsalError` where that engine still runs, or where a lock cannot be taken away.
    """
    removed: list[str] = []
    for path in sorted(folders.locks.glob("*.json")):
        pid = _pid(path)
        if pid is not None and runs(pid, "pulumi"):
            raise RehearsalError(
                f"an engine of an earlier rehearsal still runs on stack {folders.stack} (process {pid}); wait for "
                "it to end, or end it"
            )
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise RehearsalError(
                f"{path}: {error.strerror}; an engine's lock is a file: remove what is there"
            ) from error
        removed.append(f"removed the lock of an engine that was killed ({path.name}); its state is kept")
    return removed


def _pid(path: Path) -> int | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    pid = content.get("pid") if isinstance(content, dict) else None
    return pid if isinstance(pid, int) else None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
