"""Three values: a condition holds, does not hold, or cannot be decided, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class DoubtKind(StrEnum):
    """What keeps a condition from being decided."""

    UNKNOWN = "unknown"
    """Only the service, or the deploying identity, could say."""
    FILE = "file"
    """The policy or the file of policies: an alias that is not there, a function that nobody knows."""
    FAILED = "failed"
    """A template function ends in an error. Azure then denies the request."""


@dataclass(frozen=True)
class Doubt:
    """Why a condition is not decided; one line, for people."""

    reason: str
    kind: DoubtKind = DoubtKind.UNKNOWN


Verdict = bool | Doubt


class DoubtError(Exception):
    """Raised where an expression has no value, and caught by the condition around it."""

    def __init__(self, reason: str, kind: DoubtKind = DoubtKind.UNKNOWN) -> None:
        super().__init__(reason)
        self.doubt = Doubt(reason, kind)


class PolicyError(Exception):
    """A definition, initiative or assignment that cannot be read; the text is one line, for people."""


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """True where all are; one that is False decides."""
    return _joined(verdicts, decisive=False)


def any_of(verdicts: Iterable[Verdict]) -> Verdict:
    """False where all are; one that is True decides."""
    return _joined(verdicts, decisive=True)


def negated(verdict: Verdict) -> Verdict:
    """A doubt stays one."""
    return verdict if isinstance(verdict, Doubt) else not verdict


_GRAVITY = (DoubtKind.FAILED, DoubtKind.UNKNOWN, DoubtKind.FILE)
"""A failure counts only where nothing else is in doubt: what is unknown could have decided before it. A problem of the
file is told before both, since somebody can mend it."""


def _joined(verdicts: Iterable[Verdict], *, decisive: bool) -> Verdict:
    doubt: Doubt | None = None
    for verdict in verdicts:
        if isinstance(verdict, Doubt):
            if doubt is None or _GRAVITY.index(verdict.kind) > _GRAVITY.index(doubt.kind):
                doubt = verdict
        elif verdict is decisive:
            return decisive
    return (not decisive) if doubt is None else doubt
