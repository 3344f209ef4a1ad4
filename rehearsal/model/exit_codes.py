"""What the commands exit with."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command exits with. Of several stacks the gravest counts: `GRAVEST_FIRST`."""

    CLEAN = 0
    FAILED = 1
    """Anything else: usage, no project, corrupt file, the program's own exception or `sys.exit`."""
    BAD_SETTINGS = 2
    """The program raised `pulumi.RunError`, or the stack has no file."""
    POLICY_VIOLATION = 3
    """A mandatory policy of a `--policy-pack` is violated."""
    REFUSED = 4
    """Azure or Databricks would refuse a resource."""


GRAVEST_FIRST = (
    ExitCode.FAILED,
    ExitCode.BAD_SETTINGS,
    ExitCode.REFUSED,
    ExitCode.POLICY_VIOLATION,
    ExitCode.CLEAN,
)
"""The less was learned about a stack, the graver: a crash tells nothing, a refusal comes from a complete
picture."""
