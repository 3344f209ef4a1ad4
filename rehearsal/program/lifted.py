"""Where a program asks an Output for an attribute or an item: the SDK does that later, in its own code, and an error
there names no line of the program."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from pathlib import Path

import pulumi

from rehearsal.program.surroundings import is_program_file

PLACE = "rehearsal_place"
"""The attribute of an error that holds file and line."""


@dataclass(frozen=True)
class Lift:
    """Asks a value for `key`, as an attribute or as an item, for the program's line `file`:`line`."""

    key: object
    is_attribute: bool
    file: str
    line: int

    def __call__(self, value: object) -> object:
        """What the SDK's own functions do. An error remembers where it was asked for: its traceback may be lost on its
        way through other Outputs."""
        try:
            return self._asked(value)
        except Exception as error:
            setattr(error, PLACE, (self.file, self.line))
            raise

    def _asked(self, value: object) -> object:
        if isinstance(value, pulumi.output.Unknown):
            return pulumi.UNKNOWN
        if self.is_attribute:
            return getattr(value, str(self.key))
        return value[self.key]  # pyright: ignore[reportIndexIssue] - whatever it is, as the SDK does


@dataclass(frozen=True)
class RequiredOutput(Lift):
    """Asks the outputs of another stack for one that must be there."""

    def _asked(self, value: object) -> object:
        name, outputs = value if isinstance(value, list) else ("", {})
        return outputs[name]


def keep_places(folder: Path) -> None:
    """Makes Outputs remember where in `folder` they were asked. For the program's own process only."""

    def attribute(self: pulumi.Output[object], item: str) -> pulumi.Output[object]:
        if item.startswith("__"):
            raise AttributeError(f"'Output' object has no attribute '{item}'")
        return self.apply(Lift(item, True, *_place(folder)), True)  # noqa: FBT003 - as the SDK's own

    def item(self: pulumi.Output[object], key: object) -> pulumi.Output[object]:
        return self.apply(Lift(key, False, *_place(folder)), True)  # noqa: FBT003

    def require_output(self: pulumi.StackReference, name: pulumi.Input[str]) -> pulumi.Output[object]:
        asked = RequiredOutput(name, False, *_place(folder))  # noqa: FBT003
        value = pulumi.Output.all(pulumi.Output.from_input(name), self.outputs).apply(asked)
        is_secret = asyncio.ensure_future(getattr(self, "_StackReference__is_secret_name")(name))  # noqa: B009
        return pulumi.Output(value.resources(), value.future(), value.is_known(), is_secret)

    setattr(pulumi.StackReference, "require_output", require_output)  # noqa: B010
    setattr(pulumi.Output, "__getattr__", attribute)  # noqa: B010 - a method that others know
    setattr(pulumi.Output, "__getitem__", item)  # noqa: B010


def _place(folder: Path) -> tuple[str, int]:
    frame = sys._getframe(2)
    while frame is not None:
        if is_program_file(frame.f_code.co_filename, folder):
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return "", 0
