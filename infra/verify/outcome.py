"""What became of a promise: each step that was tried, and the verdict on the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from infra.live.exit_codes import ExitCode


class Verdict(StrEnum):
    """Of a step and of a promise."""

    PASSED = "passed"
    FAILED = "failed"
    ELSEWHERE = "not checkable from here"
    """It is asked by another identity, from another place, or by a service itself; or nothing answers it."""
    UNASKED = "not asked"
    """It is checkable, and was not looked at: the time was up, or the sign-in ended."""


@dataclass(frozen=True)
class Step:
    """One thing that was tried. `found` says what was seen, `to_do` what mends it or where it can be asked."""

    name: str
    verdict: Verdict
    found: str
    to_do: str = ""


@dataclass(frozen=True)
class Outcome:
    """A promise and its steps, in the order in which they were tried."""

    promise: str
    says: str
    setting: str
    steps: tuple[Step, ...]
    seconds: float = 0.0

    @property
    def verdict(self) -> Verdict:
        """Failed where a step did; else what was left open; passed where nothing was."""
        seen = {step.verdict for step in self.steps}
        order = (Verdict.FAILED, Verdict.UNASKED, Verdict.ELSEWHERE)
        return next((verdict for verdict in order if verdict in seen), Verdict.PASSED)

    @property
    def telling(self) -> Step | None:
        """The step that decides the verdict; None where all of several passed."""
        return next((step for step in self.steps if step.verdict is self.verdict is not Verdict.PASSED), None)


def exit_code(outcomes: Iterable[Outcome]) -> ExitCode:
    """A broken promise counts before one that was not asked."""
    seen = {outcome.verdict for outcome in outcomes}
    if Verdict.FAILED in seen:
        return ExitCode.FAILED
    return ExitCode.UNASKED if Verdict.UNASKED in seen else ExitCode.PASSED


def passed(name: str, found: str) -> Step:
    """A step that holds."""
    return Step(name, Verdict.PASSED, found)


def failed(name: str, found: str, to_do: str) -> Step:
    """A step that does not hold."""
    return Step(name, Verdict.FAILED, found, to_do)


def elsewhere(name: str, found: str, to_do: str = "") -> Step:
    """A step that cannot be tried from here, and why."""
    return Step(name, Verdict.ELSEWHERE, found, to_do)
