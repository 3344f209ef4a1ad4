"""`python -m rehearsal diff`: what a change would do, against a commit or from a real preview's files."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from rehearsal.changes.base import checked_out, python_for
from rehearsal.changes.from_engine import from_event_log, from_preview_json
from rehearsal.changes.from_inventories import compare
from rehearsal.changes.markdown import render_markdown
from rehearsal.changes.model import StackChange
from rehearsal.changes.sides import Side, compared
from rehearsal.changes.text import render_text
from rehearsal.inventory import write_atomically
from rehearsal.model.errors import NoSuchStackError, RehearsalError
from rehearsal.model.exit_codes import ExitCode, gravest
from rehearsal.model.inventory_reader import read_inventory
from rehearsal.model.printable import printable
from rehearsal.program.project import read_project
from rehearsal.program_arguments import add_project_argument
from rehearsal.progress import announced


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `diff`."""
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--base", metavar="REF", help="compare the project with this commit, both rehearsed")
    source.add_argument(
        "--inventories",
        nargs=2,
        type=Path,
        metavar=("BASE", "HEAD"),
        help="compare two files of preview --json",
    )
    source.add_argument("--preview-json", type=Path, metavar="FILE", help="read pulumi preview --json")
    source.add_argument(
        "--event-log", type=Path, metavar="FILE", help="read the engine's event log of a preview"
    )
    parser.add_argument(
        "--stack", action="append", metavar="NAME", help="repeatable; default: every stack file"
    )
    add_project_argument(parser)
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="the day to rehearse both for")
    parser.add_argument(
        "--policy-pack", action="append", type=Path, default=[], metavar="DIR", help="judge both by this pack"
    )
    parser.add_argument(
        "--policy-pack-config",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="configuration (JSON) of the pack in the same place; {stack} is replaced",
    )
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there")


def run(chosen: argparse.Namespace) -> int:
    """Writes the report. Returns the worst exit code: of the heads' rehearsals, 4 where the change itself would be
    refused (what is protected is deleted, what never changes is changed), 1 where something could not be compared.

    Raises `RehearsalError` where nothing can be compared at all.
    """
    changes, codes = _changes(chosen)
    codes += [ExitCode.REFUSED for change in changes if change.refused]
    if chosen.format == "json":
        # ASCII: a document may hold half of a surrogate pair, which no encoding takes.
        report = json.dumps([change.to_json() for change in changes], indent=2) + "\n"
    else:
        report = (render_markdown if chosen.format == "markdown" else render_text)(changes)
    write_report(report, chosen.output)
    return gravest(codes)


def write_report(report: str, output: Path | None) -> None:
    """Into a file whole, or to stdout, and nothing in it gives a pipeline an order: pipelines print reports. Raises
    `RehearsalError` where the file cannot be written."""
    if output is None:
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(report.encode(encoding, "backslashreplace").decode(encoding))
        return
    try:
        write_atomically(output, printable(report))
    except OSError as error:
        raise RehearsalError(f"{output}: {error.strerror}") from error


def _changes(chosen: argparse.Namespace) -> tuple[list[StackChange], list[ExitCode]]:
    """What changes, and the exit codes of the heads' rehearsals."""
    stack = (chosen.stack or [""])[0]
    if chosen.inventories:
        base, head = (read_inventory(path) for path in chosen.inventories)
        if base.stack != head.stack:
            raise RehearsalError(f"--inventories: are of two stacks, {base.stack} and {head.stack}")
        for path, one in zip(chosen.inventories, (base, head), strict=True):
            if one.error:
                raise RehearsalError(
                    f"{path}: its program failed, so there is nothing to compare: {one.error}"
                )
        return [compare(base, head)], []
    if chosen.preview_json:
        return [from_preview_json(chosen.preview_json, stack, _project_name(chosen.project))], []
    if chosen.event_log:
        return [from_event_log(chosen.event_log, stack, _project_name(chosen.project))], []
    return _against(chosen)


def _project_name(folder: Path) -> str:
    """The project that the preview should be of; empty where the folder holds none."""
    return read_project(folder).name if (folder / "Pulumi.yaml").is_file() else ""


def _against(chosen: argparse.Namespace) -> tuple[list[StackChange], list[ExitCode]]:
    head = chosen.project.resolve()
    changes: list[StackChange] = []
    codes: list[ExitCode] = []
    with checked_out(head, chosen.base) as base, tempfile.TemporaryDirectory() as folder:
        with announced(f"preparing {chosen.base}"):
            python = python_for(base, head)
        ours, theirs = read_project(head).stacks(), _stacks(base)
        for stack in dict.fromkeys(chosen.stack or sorted({*ours, *theirs})):
            if stack not in ours:
                changes.append(_without_file(stack, theirs))
                continue
            before = Side(python, base, stack, Path(folder) / "base.json", chosen, deploys=stack in theirs)
            after = Side(Path(sys.executable), head, stack, Path(folder) / "head.json", chosen)
            # Two processes: they have a core each, and no module of the one program reaches the other.
            with announced(f"rehearsing {stack} at {chosen.base} and here"), before, after:
                change, code = compared(stack, before.result(), after.result())
            changes.append(change)
            codes.append(code)
    return changes, codes


def _stacks(base: Path) -> tuple[str, ...]:
    """The base's stacks; none where there was no project yet."""
    return tuple(read_project(base).stacks()) if (base / "Pulumi.yaml").is_file() else ()


def _without_file(stack: str, theirs: Sequence[str]) -> StackChange:
    """Raises `NoSuchStackError` for a stack that the base does not know either."""
    if stack not in theirs:
        raise NoSuchStackError(f"stack {stack!r}: neither the base nor this change has Pulumi.{stack}.yaml")
    return StackChange(
        stack,
        problem=f"this change takes Pulumi.{stack}.yaml away: nothing deploys the stack any more, and nothing deletes "
        "what it deployed; run pulumi destroy first, or keep the file",
    )


def main(chosen: argparse.Namespace) -> int:
    """The command."""
    return guarded(run, chosen)


def guarded(command: Callable[[argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    """The command, with its errors said in one line, and Ctrl-C too: both rehearsals have ended then."""
    try:
        return command(chosen)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 1
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return 2 if isinstance(error, NoSuchStackError) else 1
