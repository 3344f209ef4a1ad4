"""`rehearsal lifecycle`: every act of a stack's life, rehearsed with the identity that performs it."""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from rehearsal.authorisation.acts_place import ActsError, acts_path
from rehearsal.lifecycle.report import render_acts
from rehearsal.model.errors import RehearsalError
from rehearsal.model.exit_codes import ExitCode, gravest
from rehearsal.program.process import DEFAULT_TIMEOUT_SECONDS
from rehearsal.program.project import read_project
from rehearsal.program_arguments import add_project_argument
from rehearsal.run import rehearse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `lifecycle`."""
    parser.add_argument(
        "--stack",
        action="append",
        metavar="NAME",
        help="repeatable; default: every stack with a file of acts",
    )
    add_project_argument(parser)
    parser.add_argument(
        "--acts", type=Path, metavar="FILE", help="instead of Acts.<stack>.yaml beside the stack's file"
    )
    parser.add_argument(
        "--today", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD", help="the day to rehearse for"
    )


def main(chosen: argparse.Namespace) -> int:
    """Prints what each act would be refused. Exit code 4 where one is, 2 where the file or the settings are wrong."""
    try:
        stacks = chosen.stack or _with_acts(chosen.project)
        if not stacks:
            raise RehearsalError(f"no file Acts.<stack>.yaml in {chosen.project.resolve()}")
        return gravest([_one(chosen, stack) for stack in dict.fromkeys(stacks)])
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return error.exit_code


def _with_acts(project: Path) -> list[str]:
    found = read_project(project)
    return [stack for stack in found.stacks() if acts_path(found.stack_file(stack)).is_file()]


def _one(chosen: argparse.Namespace, stack: str) -> ExitCode:
    if chosen.acts and not chosen.acts.is_file():
        raise ActsError(f"--acts: {chosen.acts} is no file; name one as Acts.<stack>.yaml is")
    acts_file = chosen.acts or acts_path(read_project(chosen.project).stack_file(stack))
    result = rehearse(
        chosen.project, stack, today=chosen.today, timeout=DEFAULT_TIMEOUT_SECONDS, acts_file=acts_file
    )
    if result.error is not None:
        print(result.error.text, file=sys.stderr)
        return result.error.exit_code
    first, *rest = render_acts(result.acts)
    print("\n".join([f"{result.project}/{stack}: {first}", *rest]))
    return ExitCode.REFUSED if result.refused_acts else ExitCode.CLEAN
