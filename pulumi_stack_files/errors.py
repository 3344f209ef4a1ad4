"""What a file that cannot be read is told."""

from __future__ import annotations

from pathlib import Path


class StackFileError(ValueError):
    """A refused file: the text is one line, `FILE:LINE: PROBLEM`. `problem` is without the place; `line` counts from
    1."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        self.path = path
        self.line = line
        self.problem = " ".join(problem.split())
        super().__init__(f"{path}:{line}: {self.problem}")
