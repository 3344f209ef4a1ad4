"""`rehearsal`, and `python -m rehearsal`."""

from __future__ import annotations

import sys
from typing import NoReturn

from rehearsal.cli import main


def run() -> NoReturn:
    """Runs the command line and leaves with its exit code."""
    sys.exit(main())


if __name__ == "__main__":
    run()
