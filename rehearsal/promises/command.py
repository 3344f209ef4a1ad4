"""`rehearsal explain NAME` of a promise or requirement: walked hop by hop."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterable
from difflib import get_close_matches

from rehearsal.model.errors import BadSettingsError, RehearsalError
from rehearsal.model.exit_codes import ExitCode, gravest
from rehearsal.program.project import read_project
from rehearsal.program_arguments import add_project_argument
from rehearsal.promises.answers import Answer, Answers
from rehearsal.promises.report import explained
from rehearsal.run import rehearse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that a promise needs."""
    parser.add_argument(
        "--stack", action="append", metavar="NAME", help="repeatable; default: every stack that has the name"
    )
    add_project_argument(parser)
    parser.add_argument(
        "--today", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD", help="the day to rehearse for"
    )


def main(chosen: argparse.Namespace) -> int:
    """Prints the road and the right. Exit code 4 where the promise is not kept, 2 where the program or its output has
    wrong settings, 1 where no stack has the name."""
    try:
        stacks: list[str] = list(dict.fromkeys(chosen.stack or read_project(chosen.project).stacks()))
        found = {stack: _answers(chosen, stack) for stack in stacks}
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    named = {stack: one for stack, answers in found.items() if (one := answers.named(chosen.name))}
    if not named:
        print(_nobody(chosen.name, found.values()), file=sys.stderr)
        return ExitCode.FAILED
    print("\n\n".join("\n".join([f"{stack}: {first}", *rest]) for stack, (first, *rest) in _told(named)))
    return gravest(_code(found[stack], one) for stack, one in named.items())


def _answers(chosen: argparse.Namespace, stack: str) -> Answers:
    result = rehearse(chosen.project, stack, today=chosen.today)
    if result.error is not None:
        wrong = result.error.exit_code is ExitCode.BAD_SETTINGS
        raise (BadSettingsError if wrong else RehearsalError)(result.error.text)
    return result.promises


def _told(named: dict[str, Answer]) -> list[tuple[str, list[str]]]:
    return [(stack, list(explained(one))) for stack, one in named.items()]


def _code(answers: Answers, answer: Answer) -> ExitCode:
    return ExitCode.REFUSED if answer in answers.broken else ExitCode.CLEAN


def _nobody(name: str, found: Iterable[Answers]) -> str:
    names = sorted({one.name for answers in found for one in answers.answers})
    near = get_close_matches(name, names, n=3, cutoff=0.4)
    hint = f"nearest: {', '.join(near)}" if near else "preview --promises lists those that there are"
    return f"there is no promise or requirement {name}; {hint}"
