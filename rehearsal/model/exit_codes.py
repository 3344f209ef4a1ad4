"""What the commands exit with."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class ExitCode(IntEnum):
    """What the command exits with. Of several stacks `gravest` chooses."""

    CLEAN = 0
    FAILED = 1
    """Anything else: usage, no project, corrupt file, the program's own exception or `sys.exit`."""
    BAD_SETTINGS = 2
    """The program raised `pulumi.RunError`, the stack has no file, or the output `promises` is wrong."""
    POLICY_VIOLATION = 3
    """A mandatory policy of a `--policy-pack` is violated."""
    REFUSED = 4
    """Azure or Databricks would refuse a resource, or a promise of the program is not kept."""


_GRAVEST_FIRST = (
    ExitCode.FAILED,
    ExitCode.BAD_SETTINGS,
    ExitCode.REFUSED,
    ExitCode.POLICY_VIOLATION,
    ExitCode.CLEAN,
)
"""The less was learned about a stack, the graver: a crash tells nothing, a refusal comes from a complete
picture."""

COMPARABLE = (ExitCode.CLEAN, ExitCode.POLICY_VIOLATION, ExitCode.REFUSED)
"""Of a preview that wrote its inventory."""


def gravest(codes: Iterable[ExitCode]) -> ExitCode:
    """The code for several stacks; clean where there is none."""
    return min(codes, key=_GRAVEST_FIRST.index, default=ExitCode.CLEAN)
