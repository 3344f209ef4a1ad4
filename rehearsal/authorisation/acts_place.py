"""Where a file of acts lies, and that it is wrong: apart from what reads it, whose imports take a while."""

from __future__ import annotations

from pathlib import Path

from rehearsal.model.errors import BadSettingsError


class ActsError(BadSettingsError):
    """The file is wrong: every problem, each on a line with its key."""


def acts_path(stack_file: Path) -> Path:
    """Where the acts of a stack lie, beside its `Pulumi.<stack>.yaml`, whether they are there or not."""
    return stack_file.with_name(f"Acts.{stack_file.name.removeprefix('Pulumi.')}")
