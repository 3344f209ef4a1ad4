"""What promises and requirements are told: ids are permanent, as those of service rules."""

from __future__ import annotations

from rehearsal.checks.table import Checked

NO_ROAD = "PRM300"
NO_RIGHT = "PRM301"

_OUTPUT = "the program's output `promises` (docs/promises.md)"

TOLD_OF_PROMISES = (
    Checked(
        NO_ROAD, "refused", "a road leads to what the program promises, from where it promises it", _OUTPUT
    ),
    Checked(NO_RIGHT, "refused", "who is promised something holds the right to it", _OUTPUT),
)
"""Requirements have rows and ids of their own: `rehearsal/requirements/`."""
