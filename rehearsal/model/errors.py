"""What keeps a rehearsal from starting; everything that the program itself gets wrong is a `ProgramError`
value."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from pulumi_stack_files.errors import StackFileError
from rehearsal.model.exit_codes import ExitCode


class RehearsalError(Exception):
    """The rehearsal cannot start: no project, no such stack, a corrupt file. The text is one line, for
    people."""

    exit_code: ClassVar[ExitCode] = ExitCode.FAILED
    """What a command ends with that says it."""


class BadSettingsError(RehearsalError):
    """What the stack's own files, or the program's outputs, say is wrong."""

    exit_code = ExitCode.BAD_SETTINGS


class NoSuchStackError(BadSettingsError):
    """The stack has no file: settings that are not there are refused as settings."""


class UnsupportedProgramError(Exception):
    """The program does what no rehearsal can do; the text is one line, for people."""


@contextmanager
def refused_files() -> Iterator[None]:
    """Makes a file that cannot be read a `RehearsalError` of the same text."""
    try:
        yield
    except StackFileError as error:
        raise RehearsalError(str(error)) from error


class ProgramErrorKind(StrEnum):
    """How the program under rehearsal ended, when it did not end well."""

    SETTINGS = "settings"
    """It raised `pulumi.RunError`: the engine shows the text alone, so this is how a program refuses its
    settings."""
    CRASH = "crash"
    """Any other exception."""
    EXIT = "exit"
    """It called `sys.exit` instead of returning."""
    CIRCLE = "circle"
    """Its resources depend on each other in a circle, so none can be the first."""
    UNSUPPORTED = "unsupported"
    """It does what no rehearsal can do."""
    HANG = "hang"
    """It did not end: it took longer than allowed, or waits for what cannot come."""


@dataclass(frozen=True)
class ProgramError:
    """How the program failed: `text` is complete, a traceback (of the user's own frames) included where one
    helps."""

    kind: ProgramErrorKind
    text: str

    @property
    def exit_code(self) -> ExitCode:
        """What a command ends with that says it."""
        settings = self.kind is ProgramErrorKind.SETTINGS
        return ExitCode.BAD_SETTINGS if settings else ExitCode.FAILED
