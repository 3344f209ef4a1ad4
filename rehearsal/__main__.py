"""`rehearsal`, and `python -m rehearsal`."""

from __future__ import annotations

from typing import NoReturn

from rehearsal.cli import main
from rehearsal.program.leaving import leave


def run() -> NoReturn:
    """Runs the command line and leaves with its exit code."""
    leave(main())


if __name__ == "__main__":
    run()
