"""One thing that is left to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Left:
    """`file` is relative to the project; `place` is a key or a line in it, empty for the whole; `what` says what is so
    and what to do."""

    file: str
    place: str
    what: str


class UnreadableError(Exception):
    """A file that cannot be looked at; the text is one line with its place."""
