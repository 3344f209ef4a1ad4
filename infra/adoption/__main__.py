"""`python -m infra.adoption [--stack NAME]`: lists what is left until the project is yours; see `--help`."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from infra.adoption.finding import Left, UnreadableError
from infra.adoption.owners import reviewers_left, waivers_left
from infra.adoption.pipelines import environments_left, lists_left, secrets_left
from infra.adoption.stack_files import examples_left, stacks_in


def left_to_do(project: Path, today: datetime.date, only: Sequence[str] = ()) -> Iterator[Left]:
    """Everything; `only` narrows the stack files whose values are looked at. Raises `UnreadableError`."""
    stacks = stacks_in(project)
    for stack, path in stacks.items():
        if not only or stack in only:
            yield from examples_left(path)
            if not (project / f"Acts.{stack}.yaml").is_file():
                yield Left(f"Acts.{stack}.yaml", "", f"is missing; make preview STACK={stack} writes it")
    yield from environments_left(project, stacks)
    yield from lists_left(project)
    yield from secrets_left(project, stacks)
    yield from reviewers_left(project)
    yield from waivers_left(project, stacks.keys(), today)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the list by file."""
    parser = argparse.ArgumentParser(
        prog="python -m infra.adoption",
        description="List what is left until the project is yours: placeholders in the stack files, the pipelines' "
        "lists and secrets, reviewers, waivers. Needs no network and changes nothing.",
        epilog="exit codes: 0 nothing is left; 1 something is; 2 a file cannot be read, or wrong usage",
    )
    parser.add_argument(
        "--stack", action="append", default=[], metavar="NAME", help="look at the values of this one"
    )
    parser.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="folder of Pulumi.yaml (default: this one)",
    )
    chosen = parser.parse_args(arguments)
    unknown = sorted(set(chosen.stack) - stacks_in(chosen.project).keys())
    if unknown:
        parser.error(f"there is no stack file Pulumi.{unknown[0]}.yaml in {chosen.project.resolve()}")
    try:
        found = sorted(set(left_to_do(chosen.project, datetime.date.today(), chosen.stack)))
    except UnreadableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for file, group in groupby(found, key=lambda left: left.file):
        sys.stdout.write(f"{file}\n")
        for left in group:
            sys.stdout.write(f"  {left.place}: {left.what}\n" if left.place else f"  {left.what}\n")
    sys.stdout.write(f"{len(found)} left to do\n" if found else "Nothing is left to do: it is yours.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
