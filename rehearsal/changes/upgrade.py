"""`python -m rehearsal upgrade --from REF`: what this checkout would do to a stack that was deployed with an older one.

The older program is rehearsed with its own packages and stack file. This checkout's program is rehearsed with this
checkout's packages and the same stack file: what differs is the release and its providers, not the settings. Where this
release refuses that file, `--settings here` takes this checkout's.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearsal.changes.base import LOCK, checked_out, python_for
from rehearsal.changes.command import guarded, write_report
from rehearsal.changes.markdown import MarkdownStyle, render_markdown
from rehearsal.changes.model import StackChange
from rehearsal.changes.sides import Side, compared
from rehearsal.changes.text import PlainStyle, render_text
from rehearsal.model.errors import RehearsalError
from rehearsal.model.exit_codes import ExitCode, gravest
from rehearsal.program.project import read_project
from rehearsal.program_arguments import add_project_argument
from rehearsal.progress import announced

_PINNED = re.compile(r"^(pulumi[a-z0-9-]*)==([^\s;\\]+)", re.MULTILINE)
"""In a lock: the engine's SDK and its providers, whose versions change what a deployment does."""


_WARNING = "warning: "
"""How a preview prints what a program warns of."""


@dataclass(frozen=True)
class Upgrade:
    """What the step from `reference` to this checkout does. `packages` are those whose versions differ, with both;
    `warnings` are what the new program says of a stack file and the old one did not."""

    reference: str
    packages: Mapping[str, tuple[str, str]]
    warnings: Mapping[str, tuple[str, ...]]
    changes: tuple[StackChange, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `upgrade`."""
    parser.add_argument(
        "--from", dest="reference", required=True, metavar="REF", help="the commit or tag that was deployed"
    )
    parser.add_argument(
        "--stack", action="append", metavar="NAME", help="repeatable; default: every stack of REF"
    )
    add_project_argument(parser)
    parser.add_argument(
        "--settings",
        choices=("deployed", "here"),
        default="deployed",
        help="the stack files that this checkout's program reads: those of REF (default), or its own",
    )
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="the day to rehearse both for")
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there")
    parser.set_defaults(policy_pack=[], policy_pack_config=[])


def main(chosen: argparse.Namespace) -> int:
    """Writes the report. Exit codes are those of `diff`."""
    return guarded(_run, chosen)


def _run(chosen: argparse.Namespace) -> int:
    found, codes = _upgrade(chosen)
    write_report(_RENDER[chosen.format](found), chosen.output)
    return gravest([*codes, *(ExitCode.REFUSED for change in found.changes if change.refused)])


def _upgrade(chosen: argparse.Namespace) -> tuple[Upgrade, list[ExitCode]]:
    here = chosen.project.resolve()
    changes: list[StackChange] = []
    codes: list[ExitCode] = []
    warnings: dict[str, tuple[str, ...]] = {}
    with checked_out(here, chosen.reference) as there, tempfile.TemporaryDirectory() as folder:
        if not (there / "Pulumi.yaml").is_file():
            raise RehearsalError(f"{chosen.reference} has no Pulumi.yaml in {chosen.project}")
        with announced(f"preparing {chosen.reference}"):
            python = python_for(there, here)
        deployed = read_project(there).stacks()
        for stack in dict.fromkeys(chosen.stack or sorted(deployed)):
            if stack not in deployed:
                raise RehearsalError(
                    f"{chosen.reference} has no Pulumi.{stack}.yaml, so it deployed no such stack"
                )
            stack_file = there / f"Pulumi.{stack}.yaml" if chosen.settings == "deployed" else None
            before = Side(python, there, stack, Path(folder) / "base.json", chosen)
            after = Side(
                Path(sys.executable), here, stack, Path(folder) / "head.json", chosen, stack_file=stack_file
            )
            with announced(f"rehearsing {stack} at {chosen.reference} and here"), before, after:
                old, new = before.result(), after.result()
            change, code = compared(stack, old, new)
            changes.append(_worded(change, chosen.reference))
            # A stack that would be refused today is deployed all the same: only the change itself counts.
            codes += [code] if new.inventory is None or old.inventory is None else []
            told = [line.removeprefix(_WARNING) for line in new.said if line.startswith(_WARNING)]
            warnings[stack] = tuple(line for line in told if f"{_WARNING}{line}" not in old.said)
        packages = _packages(there / LOCK, here / LOCK)
    return Upgrade(chosen.reference, packages, warnings, tuple(changes)), codes


def _worded(change: StackChange, reference: str) -> StackChange:
    """Says which side failed in the words of an upgrade."""
    told = change.problem.replace(
        "this change's program: ", f"this release, with the stack file of {reference}: "
    )
    return dataclasses.replace(
        change, problem=told.replace("the base's program: ", f"the program of {reference}: ")
    )


def _packages(old: Path, new: Path) -> Mapping[str, tuple[str, str]]:
    before, after = (_pinned(path) for path in (old, new))
    return {
        name: (before.get(name, "none"), after.get(name, "none"))
        for name in sorted(before | after)
        if before.get(name) != after.get(name)
    }


def _pinned(lock: Path) -> dict[str, str]:
    return dict(_PINNED.findall(lock.read_text(encoding="utf-8"))) if lock.is_file() else {}


def _head(found: Upgrade, code: PlainStyle | MarkdownStyle) -> Iterator[str]:
    yield f"Upgrade of what {code.code(found.reference)} deployed, to this checkout"
    for name, (before, after) in found.packages.items():
        yield f"package {code.code(name)} {code.code(before)} → {code.code(after)}"
    for stack, lines in found.warnings.items():
        for line in lines:
            yield f"{code.code(stack)}: {code.code(line)}"


def render_upgrade(found: Upgrade) -> str:
    """For a terminal: packages and warnings, then the change report."""
    first, *rest = _head(found, PlainStyle())
    return "\n".join([first, *(f"  {line}" for line in rest), "", render_text(found.changes)])


def _markdown(found: Upgrade) -> str:
    first, *rest = _head(found, MarkdownStyle())
    return "\n".join([first, "", *(f"- {line}" for line in rest), "", render_markdown(found.changes)])


def _json(found: Upgrade) -> str:
    document: Mapping[str, object] = {
        "from": found.reference,
        "packages": found.packages,
        "warnings": found.warnings,
        "stacks": [change.to_json() for change in found.changes],
    }
    return json.dumps(document, indent=2) + "\n"


_RENDER = {"text": render_upgrade, "markdown": _markdown, "json": _json}
