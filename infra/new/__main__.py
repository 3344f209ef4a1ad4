"""`python -m infra.new [--answers FILE]`: writes the stack file of a new environment; see `--help` for exit codes."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from enum import IntEnum
from pathlib import Path

from infra.new.account import signed_in
from infra.new.answers import Answers, AnswersError, read_answers
from infra.new.questions import ask_all, questions
from infra.new.stack_file import stack_file_text
from infra.settings.load import SettingsError, load_from_stack_file
from pulumi_stack_files.document import read_mapping
from pulumi_stack_files.errors import StackFileError


class Code(IntEnum):
    """How it ends. Every end but `WRITTEN` has written nothing."""

    WRITTEN = 0
    FAILED = 1
    REFUSED = 2
    EXISTS = 3


class _EndError(Exception):
    """Nothing is written; the text says why."""

    def __init__(self, code: Code, text: str) -> None:
        super().__init__(text)
        self.code = code


def main(arguments: Sequence[str] | None = None) -> int:
    """Asks or reads, writes one file, and says what comes next."""
    parser = argparse.ArgumentParser(
        prog="python -m infra.new",
        description="Write the stack file of a new environment: the smallest that says what you answer and is clean "
        "with the policy pack. Nothing is overwritten.",
        epilog="exit codes: 0 written; 1 the folder cannot be written, or interrupted; 2 answers are missing or "
        "refused, wrong usage, or no terminal to ask in; 3 the environment has a stack file. Only 0 writes a file.",
    )
    parser.add_argument("--answers", type=Path, metavar="FILE", help="YAML; else a terminal is asked")
    parser.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="folder of Pulumi.yaml (default: this one)",
    )
    chosen = parser.parse_args(arguments)
    try:
        answers = _from_file(chosen.answers) if chosen.answers else _from_terminal()
        text = stack_file_text(answers)
        path = chosen.project / f"Pulumi.{answers.environment}.yaml"
        if path.exists():
            raise _EndError(Code.EXISTS, f"{path} exists already, and stays as it is")
        _check(text, path)
        _write(text, path)
    except AnswersError as error:
        sys.stderr.write(error.listed)
        return Code.REFUSED
    except _EndError as error:
        sys.stderr.write(f"{error}\n")
        return error.code
    except (KeyboardInterrupt, EOFError):
        sys.stderr.write("\nended before the last answer: nothing is written\n")
        return Code.FAILED
    sys.stdout.write(next_steps(answers, path.name))
    return Code.WRITTEN


def _from_file(path: Path) -> Answers:
    try:
        given = read_mapping(path)
    except StackFileError as error:
        raise _EndError(Code.REFUSED, str(error)) from error
    return read_answers(given, date.today())


def _from_terminal() -> Answers:
    """Asks until every answer is right."""
    if not sys.stdin.isatty():
        raise _EndError(
            Code.REFUSED, "no terminal to ask in: give --answers FILE (docs/new-stack.md shows its form)"
        )
    account = signed_in()
    if account is None:
        sys.stdout.write("The Azure CLI is not signed in, so tenant and subscription are asked too.\n")
    else:
        sys.stdout.write(f"The Azure CLI is signed in to {account.name or account.subscription_id}.\n")
    given = ask_all(account, input)
    while True:
        try:
            return read_answers(given, date.today())
        except AnswersError as error:
            asked = {question.name for question in questions(account)}
            if not error.names & asked:
                raise
            sys.stdout.write(error.listed)
            given = ask_all(account, input, given, error.names)


def _check(text: str, path: Path) -> None:
    """The settings judge what was written, beside the other stack files of the folder."""
    with tempfile.TemporaryDirectory() as folder:
        for other in path.parent.glob("Pulumi.*.yaml"):
            if other.is_file():
                shutil.copy(other, folder)
        candidate = Path(folder) / path.name
        candidate.write_text(text, encoding="utf-8")
        try:
            load_from_stack_file(candidate)
        except SettingsError as error:
            raise _EndError(
                Code.REFUSED, f"the answers make a stack file that is refused: {error}"
            ) from error


def _write(text: str, path: Path) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise _EndError(Code.EXISTS, f"{path} exists already, and stays as it is") from error
    except OSError as error:
        raise _EndError(Code.FAILED, f"{path} cannot be written: {error.strerror}") from error


def next_steps(answers: Answers, name: str) -> str:
    """What comes after the file."""
    stack = answers.environment
    steps = [
        f"make preview STACK={stack}",
        f"make yours STACK={stack}      # lists the remaining steps",
    ]
    if answers.hub is not None:
        steps.append("docs/network.md: a first private deployment has two phases")
    if answers.databricks is not None:
        steps.append(
            "docs/databricks.md: a repository that is not public needs git_credentials in place of public"
        )
    if answers.profile.has_scoring:
        steps.append(
            "docs/scoring.md: SCORING_TLS_CERTIFICATE and SCORING_TLS_PRIVATE_KEY, before a deployment"
        )
    steps.append(f"make preflight STACK={stack}  # signed in to Azure, before the first deployment")
    return (
        f"Wrote {name}. Settings that it does not have keep their default: docs/settings.md.\nNext:\n"
        + "".join(f"  {step}\n" for step in steps)
    )


if __name__ == "__main__":
    sys.exit(main())
