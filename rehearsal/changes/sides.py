"""The two sides of a comparison: each rehearsed in a process of its own."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearsal.changes.from_inventories import compare
from rehearsal.changes.model import StackChange
from rehearsal.model.exit_codes import COMPARABLE, ExitCode
from rehearsal.model.inventory import Inventory
from rehearsal.model.inventory_reader import read_inventory
from rehearsal.processes.tree import end_tree

PACKAGE_ROOT = Path(__file__).resolve().parents[2]
"""Where this `rehearsal` lies: base and head are rehearsed by one and the same."""


@dataclass(frozen=True)
class Previewed:
    """What a side's rehearsal found, or the `problem` that kept it from finding anything. `said` are the lines that it
    printed beside its report, such as warnings."""

    inventory: Inventory | None
    code: ExitCode
    problem: str = ""
    said: tuple[str, ...] = ()


def compared(stack: str, before: Previewed, after: Previewed) -> tuple[StackChange, ExitCode]:
    """The change, and the exit code of the head's rehearsal; 1 where the base has none."""
    if after.inventory is None:
        return StackChange(stack, problem=f"this change's program: {after.problem}"), after.code
    if before.inventory is None:
        return StackChange(stack, problem=f"the base's program: {before.problem}"), ExitCode.FAILED
    return compare(before.inventory, after.inventory), after.code


class Side:
    """One rehearsal in a process of its own, ended where the comparison ends early. A stack that the project does not
    deploy needs none."""

    def __init__(
        self,
        python: Path,
        project: Path,
        stack: str,
        inventory: Path,
        chosen: argparse.Namespace,
        *,
        deploys: bool = True,
        stack_file: Path | None = None,
    ) -> None:
        self._nothing = Inventory(stack)
        self._inventory = inventory
        inventory.unlink(missing_ok=True)
        command = [str(python), "-m", "rehearsal", "preview", "--project", str(project), "--stack", stack]
        command += ["--stack-file", str(stack_file)] if stack_file else []
        self._command = [*command, "--json", str(inventory), *passed_on(chosen, stack)] if deploys else []
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> None:
        if self._command:
            self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")
            self._process = subprocess.Popen(  # noqa: S603
                self._command, cwd=PACKAGE_ROOT, stdout=subprocess.DEVNULL, stderr=self._errors, text=True
            )

    def __exit__(self, *_: object) -> None:
        if self._process is None:
            return
        process = self._process
        end_tree(process.pid, lambda: process.poll() is not None)
        self._errors.close()

    def result(self) -> Previewed:
        """What it wrote, or why it wrote nothing."""
        if self._process is None:
            return Previewed(self._nothing, ExitCode.CLEAN)
        code = self._process.wait()
        self._errors.seek(0)
        if code in COMPARABLE and self._inventory.is_file():
            said = tuple(self._errors.read().splitlines())
            return Previewed(read_inventory(self._inventory), ExitCode(code), said=said)
        failed = ExitCode.BAD_SETTINGS if code == ExitCode.BAD_SETTINGS else ExitCode.FAILED
        return Previewed(None, failed, self._errors.read().strip() or "ended without an inventory")


def passed_on(chosen: argparse.Namespace, stack: str) -> Sequence[str]:
    """Options of the command that its rehearsals get too."""
    options = ["--today", chosen.today] if chosen.today else []
    for pack in chosen.policy_pack:
        options += ["--policy-pack", str(pack.resolve())]
    for configuration in chosen.policy_pack_config:
        options += ["--policy-pack-config", str(configuration.resolve()).replace("{stack}", stack)]
    return options
