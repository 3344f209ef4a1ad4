"""`python -m rehearsal`."""

from __future__ import annotations

from rehearsal.cli import main
from rehearsal.program.leaving import leave

if __name__ == "__main__":
    leave(main())
