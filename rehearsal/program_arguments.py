"""The options that say which program is rehearsed, which every command that runs one has."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path

from rehearsal.program.process import DEFAULT_TIMEOUT_SECONDS
from rehearsal.program.project import read_project

MAXIMUM_TIMEOUT_SECONDS = 86_400

_STACK = "dev"
"""What a project without any stack file is rehearsed as."""


def add_project_argument(command: argparse.ArgumentParser) -> None:
    """Where the program lies."""
    command.add_argument(
        "--project", type=Path, default=Path("."), metavar="DIR", help="folder of Pulumi.yaml"
    )


def add_program_arguments(command: argparse.ArgumentParser) -> None:
    """What is rehearsed."""
    command.add_argument(
        "--stack", action="append", metavar="NAME", help="repeatable; default: every stack file"
    )
    add_project_argument(command)
    command.add_argument(
        "--config",
        action=_KeyValue,
        default={},
        metavar="KEY=VALUE",
        help="a configuration value, before that of the stack's file; repeatable",
    )
    command.add_argument(
        "--stack-outputs",
        type=Path,
        metavar="FILE",
        help="the outputs of other stacks (YAML or JSON), for stack references",
    )
    command.add_argument("--today", type=_date, metavar="YYYY-MM-DD", help="the day to rehearse for")
    command.add_argument(
        "--timeout",
        type=_seconds,
        metavar="SECONDS",
        help=f"stop what runs longer (default {DEFAULT_TIMEOUT_SECONDS:g}, with the engine half an hour)",
    )


def chosen_stacks(chosen: argparse.Namespace) -> list[str]:
    """The stacks of `--stack`, else every one that has a file, each once. Raises `RehearsalError`."""
    stacks: list[str] = chosen.stack or list(read_project(chosen.project).stacks()) or [_STACK]
    return list(dict.fromkeys(stacks))


class _KeyValue(argparse.Action):
    """Collects `KEY=VALUE` into one map."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[object] | None,
        option_string: str | None = None,
    ) -> None:
        key, equals, value = str(values).partition("=")
        if not key or not equals:
            parser.error(f"{option_string}: {values!r} is not KEY=VALUE")
        setattr(namespace, self.dest, {**getattr(namespace, self.dest), key: value})


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date (YYYY-MM-DD)") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= MAXIMUM_TIMEOUT_SECONDS:
        raise argparse.ArgumentTypeError(
            f"{text!r} must be seconds, above 0 and at most {MAXIMUM_TIMEOUT_SECONDS}"
        )
    return seconds
