"""Where a program asks an Output for an attribute or an item, or gives it a function: the SDK does that later, in its
own code, and an error there names no line of the program."""

from __future__ import annotations

import asyncio
import inspect
import re
import sys
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path

import pulumi

from rehearsal.model.unknown_texts import MARK
from rehearsal.program.shapeless import AnyResource
from rehearsal.program.surroundings import is_program_file

_KUBERNETES = "pulumi_kubernetes"

PLACE = "rehearsal_place"
"""The attribute of an error that holds file and line."""

TRACEBACK = "rehearsal_traceback"
"""The attribute of an error that holds the traceback with which it left the program's own function: the tasks that
hand it on lose it."""


EXPORTED: dict[str, tuple[str, int]] = {}
"""Where the program exported what, by name."""

_applying: list[tuple[str, int]] = []
"""Where the program gave the functions that run now, the innermost last: what they ask in turn was asked there."""


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


@dataclass(frozen=True)
class RenderedResource(Lift):
    """Asks what a Helm chart or a YAML file renders for one of its resources. The simulated cloud renders nothing, so
    each that it does not know is there, of any shape."""

    def _asked(self, value: object) -> object:
        if isinstance(value, dict) and self.key not in value:
            return AnyResource(f"{MARK}{re.sub('[^A-Za-z0-9]+', '-', str(self.key))}")
        return super()._asked(value)


@dataclass(frozen=True)
class Applied:
    """A function that the program's line `file`:`line` gave to `output`."""

    output: pulumi.Output[object]
    function: Callable[[object], object]
    file: str
    line: int

    def __call__(self, value: object) -> object:
        """What the function gives. An error remembers its traceback, and the line for a function not the program's."""
        _applying.append((self.file, self.line))
        try:
            result = self.function(value)
        except Exception as error:
            self._remember(error)
            raise
        finally:
            _applying.pop()
        return self._awaited(result) if inspect.iscoroutine(result) else result

    async def _awaited(self, result: Coroutine[object, object, object]) -> object:
        try:
            return await result
        except Exception as error:
            self._remember(error)
            raise

    def _remember(self, error: Exception) -> None:
        if not hasattr(error, TRACEBACK):
            setattr(error, TRACEBACK, error.__traceback__)
            setattr(error, PLACE, (self.file, self.line))


def keep_places(folder: Path) -> None:
    """Makes Outputs remember where in `folder` they were asked. For the program's own process only."""
    original, original_export = pulumi.Output.apply, pulumi.export

    def export(name: str, value: object) -> None:
        EXPORTED[name] = _place(folder)
        original_export(name, value)

    def apply(
        self: pulumi.Output[object],
        func: Callable[[object], object],
        run_with_unknowns: bool = False,  # noqa: FBT001, FBT002 - as the SDK's own
    ) -> pulumi.Output[object]:
        kept = func if isinstance(func, (Lift, Applied)) else Applied(self, func, *_place(folder))
        return original(self, kept, run_with_unknowns)

    def attribute(self: pulumi.Output[object], item: str) -> pulumi.Output[object]:
        if item.startswith("__"):
            raise AttributeError(f"'Output' object has no attribute '{item}'")
        return original(self, Lift(item, True, *_place(folder)), True)  # noqa: FBT003 - as the SDK's own

    def item(self: pulumi.Output[object], key: object) -> pulumi.Output[object]:
        asked = RenderedResource if _asked_by(_KUBERNETES) else Lift
        return original(self, asked(key, False, *_place(folder)), True)  # noqa: FBT003

    def require_output(self: pulumi.StackReference, name: pulumi.Input[str]) -> pulumi.Output[object]:
        asked = RequiredOutput(name, False, *_place(folder))  # noqa: FBT003
        value = pulumi.Output.all(pulumi.Output.from_input(name), self.outputs).apply(asked)
        is_secret = asyncio.ensure_future(getattr(self, "_StackReference__is_secret_name")(name))  # noqa: B009
        return pulumi.Output(value.resources(), value.future(), value.is_known(), is_secret)

    setattr(pulumi.StackReference, "require_output", require_output)  # noqa: B010
    setattr(pulumi, "export", export)  # noqa: B010
    setattr(pulumi.Output, "apply", apply)  # noqa: B010
    setattr(pulumi.Output, "__getattr__", attribute)  # noqa: B010 - a method that others know
    setattr(pulumi.Output, "__getitem__", item)  # noqa: B010


def _asked_by(package: str) -> bool:
    """Whether a module of the package asks the Output, as `Chart.get_resource` of pulumi-kubernetes does."""
    name: object = sys._getframe(2).f_globals.get("__name__")
    return isinstance(name, str) and name.startswith(f"{package}.")


def _place(folder: Path) -> tuple[str, int]:
    frame = sys._getframe(2)
    while frame is not None:
        if is_program_file(frame.f_code.co_filename, folder):
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return _applying[-1] if _applying else ("", 0)
