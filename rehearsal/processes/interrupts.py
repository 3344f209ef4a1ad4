"""Ctrl-C, SIGTERM and SIGHUP while an engine runs: all three end it, none leaves it behind."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

_ENDINGS = tuple(
    number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None
)
"""A cancelled pipeline and a closed terminal. Windows has no SIGHUP."""


@contextlib.contextmanager
def ended_as_interrupted() -> Iterator[None]:
    """Makes SIGTERM and SIGHUP a `KeyboardInterrupt` for the block. Python would leave without cleaning up, and the
    engine, in a session of its own, would live on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    # What is ignored stays so: `nohup` ignores SIGHUP.
    usual = {number: signal.getsignal(number) for number in _ENDINGS}
    taken = {number: handler for number, handler in usual.items() if handler is not signal.SIG_IGN}
    try:
        for number in taken:
            signal.signal(number, interrupt)
        yield
    finally:
        for number, handler in taken.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def interrupts_wait() -> Iterator[None]:
    """Keeps Ctrl-C and its like for the end of the block: a process must not be started and then be known to
    nobody."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, *_ENDINGS)}
    taken = {number: handler for number, handler in usual.items() if handler is not signal.SIG_IGN}
    try:
        for number in taken:
            signal.signal(number, lambda number, _: came.append(number))
        yield
    finally:
        for number, handler in taken.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt
