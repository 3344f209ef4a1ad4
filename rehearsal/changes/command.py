"""`python -m rehearsal diff`: what a change would do, against a commit or from a real preview's files."""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearsal.changes.base import checked_out, python_for
from rehearsal.changes.documents import read_inventory
from rehearsal.changes.from_engine import from_event_log, from_preview_json
from rehearsal.changes.from_inventories import compare
from rehearsal.changes.markdown import render_markdown
from rehearsal.changes.model import StackChange
from rehearsal.changes.text import render_text
from rehearsal.errors import NoSuchStackError, RehearsalError
from rehearsal.inventory import FORMAT, write_atomically
from rehearsal.program.project import read_project

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
"""Where this `rehearsal` lies: base and head are rehearsed by one and the same."""

_COMPARABLE = (0, 3, 4)
"""Exit codes of a preview that wrote its inventory: clean, policy violation, refused."""


@dataclass(frozen=True)
class _Previewed:
    document: Mapping[str, object] | None
    code: int
    problem: str = ""


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
    parser.add_argument(
        "--project", type=Path, default=Path("."), metavar="DIR", help="folder of Pulumi.yaml"
    )
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
    """Writes the report. Returns the gravest exit code of the heads; 1 where something could not be compared.

    Raises `RehearsalError` where nothing can be compared at all.
    """
    changes, code = _changes(chosen)
    if chosen.format == "json":
        report = json.dumps([change.to_json() for change in changes], indent=2, ensure_ascii=False) + "\n"
    else:
        report = (render_markdown if chosen.format == "markdown" else render_text)(changes)
    if chosen.output:
        write_atomically(chosen.output, report)
    else:
        sys.stdout.write(report)
    return code


def _changes(chosen: argparse.Namespace) -> tuple[list[StackChange], int]:
    stack = (chosen.stack or ["the stack"])[0]
    if chosen.inventories:
        base, head = (read_inventory(path) for path in chosen.inventories)
        return [compare(base, head)], 0
    if chosen.preview_json:
        return [from_preview_json(chosen.preview_json, stack)], 0
    if chosen.event_log:
        return [from_event_log(chosen.event_log, stack)], 0
    return _against(chosen)


def _against(chosen: argparse.Namespace) -> tuple[list[StackChange], int]:
    head = chosen.project.resolve()
    changes: list[StackChange] = []
    codes: list[int] = []
    with checked_out(head, chosen.base) as base, tempfile.TemporaryDirectory() as folder:
        python = python_for(base, head)
        stacks = chosen.stack or sorted({*read_project(head).stacks(), *read_project(base).stacks()})
        for stack in dict.fromkeys(stacks):
            # Two processes: they have a core each, and no module of the one program reaches the other.
            with concurrent.futures.ThreadPoolExecutor(2) as both:
                before = both.submit(_preview, python, base, stack, Path(folder) / "base.json", chosen)
                after = both.submit(
                    _preview, Path(sys.executable), head, stack, Path(folder) / "head.json", chosen
                )
            change, code = _compared(stack, before.result(), after.result())
            changes.append(change)
            codes.append(code)
    order = (1, 2, 4, 3, 0)
    return changes, min(codes, key=order.index, default=0)


def _compared(stack: str, before: _Previewed, after: _Previewed) -> tuple[StackChange, int]:
    if after.document is None:
        return StackChange(stack, problem=f"this change's program: {after.problem}"), after.code
    if before.document is None:
        return StackChange(stack, problem=f"the base's program: {before.problem}"), 1
    return compare(before.document, after.document), after.code


def _preview(
    python: Path, project: Path, stack: str, inventory: Path, chosen: argparse.Namespace
) -> _Previewed:
    """One rehearsal in a process of its own. A stack without a file deploys nothing."""
    try:
        read_project(project).stack_file(stack)
    except NoSuchStackError:
        return _Previewed({"format": FORMAT, "stack": stack, "resources": []}, 0)
    inventory.unlink(missing_ok=True)
    command = [str(python), "-m", "rehearsal", "preview", "--project", str(project), "--stack", stack]
    done = subprocess.run(  # noqa: S603
        [*command, "--json", str(inventory), *_passed_on(chosen, stack)],
        cwd=_PACKAGE_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode in _COMPARABLE and inventory.is_file():
        return _Previewed(read_inventory(inventory), done.returncode)
    return _Previewed(None, done.returncode or 1, done.stderr.strip() or "ended without an inventory")


def _passed_on(chosen: argparse.Namespace, stack: str) -> Sequence[str]:
    options = ["--today", chosen.today] if chosen.today else []
    for pack in chosen.policy_pack:
        options += ["--policy-pack", str(pack.resolve())]
    for configuration in chosen.policy_pack_config:
        options += ["--policy-pack-config", str(configuration.resolve()).replace("{stack}", stack)]
    return options


def main(chosen: argparse.Namespace) -> int:
    """`run`, with its errors said in one line."""
    try:
        return run(chosen)
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return 1
