"""All promises of a stack, several at once, within one time limit; what ends everything is said once."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from infra.verify.judge import Judge
from infra.verify.outcome import Outcome, Step, Verdict
from infra.verify.promise import Promise
from infra.verify.sign_in import SignInEndedError

_AT_ONCE = 8
"""Enough that closed roads, which take their whole time, do not add up; few enough that nobody throttles."""


@dataclass(frozen=True)
class Run:
    """`ended`: why not everything was asked, empty where it was."""

    outcomes: tuple[Outcome, ...]
    ended: str = ""
    to_do: str = ""

    @property
    def broken(self) -> frozenset[str]:
        """The names of the promises that failed."""
        return frozenset(one.promise for one in self.outcomes if one.verdict is Verdict.FAILED)

    def updated(self, later: Run) -> Run:
        """With what was found later, of those that were asked again and answered."""
        newer = {one.promise: one for one in later.outcomes if one.verdict is not Verdict.UNASKED}
        return Run(tuple(newer.get(one.promise, one) for one in self.outcomes), later.ended, later.to_do)


def run(judge: Judge, promises: Sequence[Promise]) -> Run:
    """In the order of the promises. After `judge.until` nothing more is begun or waited for."""
    futures = _begun(judge, promises)
    outcomes: list[Outcome] = []
    ended = to_do = ""
    for promise, future in zip(promises, futures, strict=True):
        if not ended:
            ended, to_do = _wait(future, judge.until)
            if ended:
                for one in futures:
                    one.cancel()
        outcomes.append(_outcome(promise, future, ended))
    return Run(tuple(outcomes), ended, to_do)


def _begun(judge: Judge, promises: Sequence[Promise]) -> list[Future[Outcome]]:
    """Worked off by threads that do not keep the process alive: a call that hangs is left behind, not waited for."""
    futures: list[Future[Outcome]] = [Future() for _ in promises]
    waiting = iter(list(zip(promises, futures, strict=True)))
    lock = threading.Lock()

    def work() -> None:
        while True:
            with lock:
                promise, future = next(waiting, (None, None))
            if promise is None or future is None:
                return
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(judge.outcome(promise))
            except Exception as error:  # noqa: BLE001 - raised again where the result is asked for
                future.set_exception(error)

    for _ in range(min(_AT_ONCE, len(futures))):
        threading.Thread(target=work, name="verify", daemon=True).start()
    return futures


def _wait(future: Future[Outcome], until: float) -> tuple[str, str]:
    """Why the run ends with this promise, and what to do; empty where it goes on."""
    try:
        future.result(timeout=max(0.0, until - time.monotonic()))
    except TimeoutError:
        return "the time is up", "give --time-limit more seconds, or --only a part of the promises"
    except SignInEndedError as error:
        return f"the sign-in has ended: {error}", "az login --tenant TENANT; in a pipeline, run the job again"
    return "", ""


def _outcome(promise: Promise, future: Future[Outcome], ended: str) -> Outcome:
    if future.done() and not future.cancelled() and future.exception() is None:
        return future.result()
    step = Step("run", Verdict.UNASKED, ended)
    return Outcome(promise.name, str(promise), promise.setting, (step,))
