"""A bound on how long a program may run."""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

T = TypeVar("T")

_AGAIN_SECONDS = 1.0
"""After the deadline the interruption is repeated this often: a bare `except` in the program may swallow one."""

_INTERRUPTIONS = 5
"""After so many that were all swallowed, the program is given up."""


class DeadlineError(KeyboardInterrupt):
    """Raised inside the program when its time is up. `frame` is where it was.

    A `KeyboardInterrupt`, because asyncio lets only that and `SystemExit` out of a task at once.
    """

    def __init__(self, frame: FrameType | None = None) -> None:
        super().__init__("deadline")
        self.frame = frame


GiveUp = Callable[[FrameType | None], None]


def run_bounded(run: Callable[[], T], seconds: float, *, own_thread: bool, give_up: GiveUp) -> T:
    """Runs to the end, or raises `DeadlineError` in it after `seconds`.

    `give_up` is called in the main thread, with where the program was, once it has caught every interruption.
    In the main thread of a POSIX process a timer signal interrupts also sleeps and waits for locks and processes.
    Elsewhere (`own_thread`: the caller runs an event loop; another thread; Windows) the program runs in a thread,
    which is interrupted at its next Python step and given up where there is none.
    """
    if (
        not own_thread
        and threading.current_thread() is threading.main_thread()
        and hasattr(signal, "setitimer")
    ):
        with _alarm(seconds, give_up):
            return run()
    return _in_thread(run, seconds)


@contextlib.contextmanager
def _alarm(seconds: float, give_up: GiveUp) -> Iterator[None]:
    swallowed = itertools.count()

    def interrupt(_signal: int, frame: FrameType | None) -> None:
        if next(swallowed) >= _INTERRUPTIONS:
            give_up(frame)
        raise DeadlineError(frame)

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _in_thread(run: Callable[[], T], seconds: float) -> T:
    results: list[T] = []
    errors: list[BaseException] = []

    def guarded() -> None:
        try:
            results.append(run())
        except BaseException as error:  # noqa: BLE001 - handed to the thread that waits
            errors.append(error)

    thread = threading.Thread(target=guarded, name="rehearsal", daemon=True)
    thread.start()
    thread.join(seconds)
    for _ in range(3):
        if not thread.is_alive():
            break
        identifier = ctypes.c_ulong(thread.ident or 0)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(identifier, ctypes.py_object(DeadlineError))
        thread.join(_AGAIN_SECONDS)
    if results:
        return results[0]
    raise errors[0] if errors else DeadlineError
