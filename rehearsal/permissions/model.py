"""The answer to the question whether somebody may do something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rehearsal.reachability.model import Verdict


@dataclass(frozen=True)
class Right:
    """UNKNOWN where what decides it lies outside the program, or is in no table: nothing is refused for it.

    `held` are the roles and privileges that give the right, each as a phrase; `urns` the declared resources that it
    relies on; `missing` is what would give it; `source` says where the fact was read.
    """

    verdict: Verdict
    held: tuple[str, ...] = ()
    urns: tuple[str, ...] = ()
    missing: str = ""
    source: str = ""


def given(held: Iterable[str], urns: Iterable[str], source: object = "") -> Right:
    """The right is there."""
    return Right(Verdict.OPEN, tuple(held), tuple(dict.fromkeys(urns)), source=str(source))


def lacking(missing: str, source: object = "", urns: Iterable[str] = ()) -> Right:
    """It is not."""
    return Right(Verdict.CLOSED, urns=tuple(urns), missing=missing, source=str(source))


def unsure(missing: str, source: object = "", urns: Iterable[str] = ()) -> Right:
    """Nobody can say, and why."""
    return Right(Verdict.UNKNOWN, urns=tuple(urns), missing=missing, source=str(source))


_GRAVITY = {Verdict.OPEN: 0, Verdict.UNKNOWN: 1, Verdict.CLOSED: 2}


def every(rights: Iterable[Right]) -> Right:
    """All of several that are needed together: the first that is missing, else the first that nobody can tell, else
    all. Raises ValueError for none."""
    found = list(rights)
    worst = max(found, key=lambda right: _GRAVITY[right.verdict])
    held = dict.fromkeys(one for right in found for one in right.held)
    urns = dict.fromkeys(urn for right in found for urn in right.urns)
    return Right(worst.verdict, tuple(held), tuple(urns), worst.missing, worst.source or found[0].source)


def either(rights: Iterable[Right]) -> Right:
    """One of several that is enough: the first that is there, else the first that nobody can tell, else the first.
    Raises ValueError for none."""
    return min(rights, key=lambda right: _GRAVITY[right.verdict])
