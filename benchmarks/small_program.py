"""How much a rehearsal adds to a small program of ten resources: processor time, beside the SDK's own mocks.

Goal: 0.5 seconds. Both run in a fresh process each, after the same import of the SDK; in turn, by the median.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOAL_SECONDS = 0.5

PROGRAM = """
from pulumi_azure_native import resources, storage

group = resources.ResourceGroup("group", location="westeurope")
for number in range(9):
    storage.StorageAccount(
        f"data{number}", resource_group_name=group.name, kind="StorageV2", sku={"name": "Standard_LRS"}
    )
"""

_BARE = """
import runpy, sys
import pulumi
from pulumi.runtime import mocks
from pulumi.runtime.stack import run_in_stack
from pulumi.runtime.sync_await import _sync_await


class Answers(mocks.Mocks):
    def new_resource(self, args):
        return args.name, args.inputs

    def call(self, args):
        return {}, None


mocks.set_mocks(Answers(), preview=False)
pulumi.runtime.settings.ROOT.set(None)
_sync_await(run_in_stack(lambda: runpy.run_path(sys.argv[1], run_name="__main__")))
"""


def seconds_of(command: list[str], folder: Path) -> float:
    """The processor time of a process and its children."""
    before = os.times()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after[2] + after[3] - before[2] - before[3]


def main() -> None:
    """Run both in turn and print the difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "Pulumi.yaml").write_text("name: small\nruntime: python\n")
        program = folder / "__main__.py"
        program.write_text(PROGRAM)
        bare = [sys.executable, "-c", _BARE, str(program)]
        code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from rehearsal.__main__ import run; run()"
        rehearsed = [sys.executable, "-c", code, "preview", "--project", name]
        times = [(seconds_of(bare, folder), seconds_of(rehearsed, folder)) for _ in range(max(1, rounds))]
    first, second = (statistics.median(each) for each in zip(*times, strict=True))
    print(
        f"bare SDK {first:.2f} s, rehearsal {second:.2f} s: {second - first:.2f} s more; goal {GOAL_SECONDS} s"
    )


if __name__ == "__main__":
    main()
