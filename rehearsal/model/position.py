"""A line of the program under rehearsal."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Position:
    """`file` is the path below the project's folder, with slashes; `line` counts from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def read_position(text: str) -> Position | None:
    """The inverse of `str`; None for an empty text and for any other that is no position."""
    file, _, line = text.rpartition(":")
    return Position(file, int(line)) if file and line.isdecimal() else None
