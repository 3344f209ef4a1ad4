"""Where a finding is shown: a line of a file, by the file's path in its repository."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from rehearsal.model.finding import Finding
from rehearsal.model.position import Position
from rehearsal.run import Rehearsal


@dataclass(frozen=True)
class Place:
    """`uri` is relative to the root of the repository, and escaped as a URI; `line` counts from 1."""

    uri: str
    line: int


def place_of(finding: Finding, rehearsal: Rehearsal) -> Place:
    """The line that declared the resource; the program's first for what has no line of its own."""
    return place_in(rehearsal.directory, finding.position, rehearsal.program)


def place_in(project: Path, position: Position | None, program: Path) -> Place:
    """The place of a position in the project of that folder; the first line of `program` for none."""
    file = project / position.file if position else program
    return Place(quote(file.relative_to(_repository(project)).as_posix()), position.line if position else 1)


@cache
def _repository(folder: Path) -> Path:
    """The root of the repository in which the project lies; the project's own folder where it lies in none."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)
