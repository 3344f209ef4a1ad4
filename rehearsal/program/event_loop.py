"""The event loop that a program runs on: everything in one thread, in one order, and a watch for when it stalls."""

from __future__ import annotations

import asyncio
import concurrent.futures
import selectors
import threading
from collections.abc import Callable, Generator
from typing import ParamSpec, TypeVar

from rehearsal.program.waiting import Waits, pending_waits

P = ParamSpec("P")
T = TypeVar("T")

_PATIENCE_SECONDS = 0.5
"""How long a stalled loop waits for somebody else before it looks again."""

_LOOKS_BEFORE_HANG = 3
"""How often it looks before nobody is left who could end the wait: a thread may just have done so."""


class StalledError(Exception):
    """The program's resources wait for something that cannot happen any more."""

    def __init__(self, waits: Waits) -> None:
        super().__init__(waits.describe())
        self.waits = waits


class _InlineExecutor(concurrent.futures.ThreadPoolExecutor):
    """Runs what is submitted at once. The SDK sends each request to the monitor through the loop's default
    executor; ours answers from memory, so a thread would only cost time and make the order of registrations a
    race.

    An answer that the program's own transforms take part in is a coroutine: it runs on the loop, as they do."""

    def submit(
        self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> concurrent.futures.Future[T]:
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        try:
            result = fn(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - handed to the awaiter of the future
            future.set_exception(error)
            return future
        # The SDK wraps what the monitor answers to a call of a function: (answer, error).
        answer, *rest = result if isinstance(result, tuple) else (result,)
        if asyncio.iscoroutine(answer):
            task = asyncio.get_running_loop().create_task(answer)
            task.add_done_callback(
                lambda done: _hand_over(done, future, rest, in_tuple=isinstance(result, tuple))
            )
        else:
            future.set_result(result)
        return future


def _hand_over(
    done: asyncio.Task[object],
    future: concurrent.futures.Future[T],
    rest: list[object],
    *,
    in_tuple: bool,
) -> None:
    if future.cancelled():
        return
    if done.cancelled():
        future.cancel()
    elif (error := done.exception()) is not None:
        future.set_exception(error)
    else:
        answer = done.result()
        future.set_result((answer, *rest) if in_tuple else answer)  # pyright: ignore[reportArgumentType] - as fn's


class Idle:
    """Awaits the moment at which the loop has no step to take, once.

    The SDK's own wait for outstanding Outputs asks every one of them again whenever one is done, which took a fifth of
    a program's time. After this one nearly all are done. A SDK that ignores what a program returns, and so never
    awaits this, waits as it always did.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, waiting: list[asyncio.Future[None]]) -> None:
        self._loop = loop
        self._waiting = waiting

    def __await__(self) -> Generator[object, None, None]:
        future = self._loop.create_future()
        self._waiting.append(future)
        return future.__await__()


class _StallingSelector(selectors.DefaultSelector):
    """Asks `on_stall` before a wait without end: the loop then has no step to take and no timer to wait for. Before any
    wait it ends those for an idle loop."""

    def __init__(self) -> None:
        super().__init__()
        self.on_stall: Callable[[int], None] | None = None
        self.waiting_for_idle: list[asyncio.Future[None]] = []

    def waits_for_files(self) -> bool:
        """Whether a connection or process may still end the wait; the loop's own socket pair is always there."""
        return len(self.get_map()) > 1

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout != 0 and self.waiting_for_idle:
            self.waiting_for_idle.pop().set_result(None)
            return super().select(0)
        looks = 0
        while timeout is None and self.on_stall is not None:
            if ready := super().select(0):
                return ready
            looks += 1
            self.on_stall(looks)
            if ready := super().select(_PATIENCE_SECONDS):
                return ready
        return super().select(timeout)


def make_loop() -> tuple[asyncio.AbstractEventLoop, Idle]:
    """A loop that raises `StalledError` where it would wait for ever: at once for a circle of resources, and for any
    other wait once no thread, connection or process of the program's is left that could end it."""
    selector = _StallingSelector()
    loop = asyncio.SelectorEventLoop(selector)
    loop.set_default_executor(_InlineExecutor(max_workers=1))
    # After a failure futures stay unobserved on purpose; asyncio would print a complaint for each.
    loop.set_exception_handler(lambda _loop, _context: None)
    before = set(threading.enumerate())

    def on_stall(looks: int) -> None:
        waits = pending_waits(loop)
        others = selector.waits_for_files() or set(threading.enumerate()) - before
        abandoned = looks >= _LOOKS_BEFORE_HANG and not others
        if waits.circle or abandoned:
            raise StalledError(waits)

    selector.on_stall = on_stall
    return loop, Idle(loop, selector.waiting_for_idle)
