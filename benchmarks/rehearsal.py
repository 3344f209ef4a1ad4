"""How much a rehearsal costs on top of the SDK: time and memory of each environment, in one run, as ratios.

Each round starts a fresh process for the bare SDK and one for the rehearsal, in turn. Both import the same modules
first (timed apart), then run the same program once, with Python's collector off on both sides. Times are processor
time, children included. The bare run answers each registration from a table recorded beforehand, so it costs nothing
but the SDK. At the end both stacks are previewed side by side and one after the other, in turn.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOAL = 1.25


def processor_time() -> float:
    """Seconds of this process and of its children that have ended."""
    return sum(os.times()[:4])


def import_program() -> float:
    """Import what the program and the rehearsal import; seconds."""
    start = processor_time()
    sys.path.insert(0, str(ROOT))
    for module in ("infra.platform", "infra.settings.load", "rehearsal.run"):
        importlib.import_module(module)

    return processor_time() - start


def run_rehearsal(stack: str) -> tuple[float, int]:
    """Rehearse once; seconds and resources."""
    from rehearsal.run import rehearse

    start = processor_time()
    result = rehearse(ROOT, stack)
    seconds = processor_time() - start
    if not result.ok:
        raise SystemExit(f"the rehearsal of {stack} is not clean: {result.error or result.refusals}")
    return seconds, len(result.inventory.resources)


def run_bare(stack: str, answers: Mapping[str, tuple[str, dict[str, object]]]) -> tuple[float, int]:
    """Run the program once under the SDK's own mocks; seconds and resources."""
    import runpy

    return under_mocks(stack, answers, lambda: runpy.run_path(str(ROOT / "__main__.py"), run_name="__main__"))


def under_mocks(
    stack: str, answers: Mapping[str, tuple[str, dict[str, object]]], program: Callable[[], object]
) -> tuple[float, int]:
    """Run any program once under the SDK's own mocks, with a stack's configuration; seconds and resources."""
    import pulumi
    from pulumi.runtime import mocks
    from pulumi.runtime.config import set_all_config
    from pulumi.runtime.stack import run_in_stack
    from pulumi.runtime.sync_await import _sync_await

    from rehearsal.program.configuration import resolve_configuration
    from rehearsal.program.project import read_project, read_stack_config
    from rehearsal.program.surroundings import enter

    class Recorded(mocks.Mocks):
        def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, object]]:
            resource_id, outputs = answers[f"{args.typ}::{args.name}"]
            return resource_id, {**args.inputs, **outputs}

        def call(self, args: mocks.MockCallArgs) -> tuple[dict[str, object], None]:  # noqa: ARG002
            return {}, None

    def run() -> None:
        program()

    start = processor_time()
    project = read_project(ROOT)
    configuration = resolve_configuration(
        project, read_stack_config(project, project.stack_file(stack)), overrides=None, today=None
    )
    monitor = mocks.MockMonitor(Recorded())
    mocks.set_mocks(Recorded(), project=project.name, stack=stack, preview=False, monitor=monitor)
    pulumi.runtime.settings.ROOT.set(None)
    set_all_config(dict(configuration.values), list(configuration.secret_keys))
    enter(project.program, configuration.environment)
    _sync_await(run_in_stack(run))
    return processor_time() - start, len(monitor.resources)


def record(stack: str, written: Path | None = None) -> dict[str, tuple[str, dict[str, object]]]:
    """What the simulated cloud answers, by type and logical name; masked secrets are left to the inputs. Writes the
    inventory to the file that is named."""
    from rehearsal.run import rehearse

    inventory = rehearse(ROOT, stack).inventory
    if written is not None:
        written.write_text(inventory.to_json(), encoding="utf-8")
    return {
        f"{item.type}::{item.name}": (
            item.id,
            {key: value for key, value in item.outputs.items() if item.custom and value != "[secret]"},
        )
        for item in inventory.resources
    }


def child(mode: str, stack: str, answers: Path) -> None:
    """One measurement in a process of its own, printed as JSON."""
    gc.disable()
    imports = import_program()
    if mode == "rehearsal":
        seconds, resources = run_rehearsal(stack)
    else:
        seconds, resources = run_bare(stack, json.loads(answers.read_text(encoding="utf-8")))
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    peak = max(peaks) / 1024
    print(json.dumps({"imports": imports, "seconds": seconds, "resources": resources, "peak_mib": peak}))


def measure(mode: str, stack: str, answers: Path) -> Mapping[str, float]:
    """Start the child and read what it measured."""
    command = [sys.executable, __file__, "--child", mode, "--stack", stack, "--answers", str(answers)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if result.returncode:
        raise SystemExit(result.stderr or result.stdout)
    return json.loads(result.stdout.splitlines()[-1])


def main() -> None:
    """Measure each stack, or be one measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", action="append", help="repeatable; default: dev and prod")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--child", choices=["bare", "rehearsal"])
    parser.add_argument("--answers", type=Path, default=ROOT / ".rehearsal" / "benchmark-answers.json")
    arguments = parser.parse_args()
    if arguments.child:
        child(arguments.child, arguments.stack[0], arguments.answers)
        return
    import_program()
    arguments.answers.parent.mkdir(exist_ok=True)
    for stack in arguments.stack or ["dev", "prod"]:
        arguments.answers.write_text(json.dumps(record(stack)), encoding="utf-8")
        compare(stack, arguments.answers, arguments.rounds)
    compare_side_by_side(arguments.rounds)


def compare(stack: str, answers: Path, count: int) -> None:
    """Measure one stack in rounds and print medians and ratios."""
    rounds = [(measure("bare", stack, answers), measure("rehearsal", stack, answers)) for _ in range(count)]
    bare, rehearsal = zip(*rounds, strict=True)
    ratios = sorted(right["seconds"] / left["seconds"] for left, right in rounds)
    memory = statistics.median(right["peak_mib"] - left["peak_mib"] for left, right in rounds)
    print(f"stack {stack}, {count} rounds, medians")
    print(f"resources            {rehearsal[0]['resources']} (bare {bare[0]['resources']})")
    imports, run = median(rehearsal, "imports"), median(rehearsal, "seconds")
    print(f"imports              {imports:.2f} s, {imports / (imports + run):.0%} of imports and rehearsal")
    print(f"bare SDK run         {median(bare, 'seconds'):.2f} s, {median(bare, 'peak_mib'):.0f} MiB")
    print(
        f"rehearsal            {median(rehearsal, 'seconds'):.2f} s, {median(rehearsal, 'peak_mib'):.0f} MiB"
    )
    print(
        f"rehearsal / bare     {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}), goal {GOAL}"
    )
    print(f"memory on top        {memory:+.0f} MiB peak")


def compare_side_by_side(count: int) -> None:
    """Both stacks with policies, on two processors and on one: wall time, each pair in turn."""
    rounds = [(preview(ROOT, one_after_the_other=True), preview(ROOT)) for _ in range(count)]
    ratios = sorted(together / alone for alone, together in rounds)
    print(f"both stacks          {statistics.median(alone for alone, _ in rounds):.2f} s one after the other")
    print(f"side by side         {statistics.median(together for _, together in rounds):.2f} s")
    print(
        f"side by side / other {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}), goal 0.65"
    )


def preview(project: Path, *, one_after_the_other: bool = False) -> float:
    """Preview dev and prod as a command; seconds of wall time. One after the other, the policy packs still have a
    processor of their own, as before stacks ran side by side."""
    run = "from rehearsal import preview_stacks, cli; preview_stacks._processors = lambda: %d; cli.main(%r)"
    arguments = ["preview", "--project", str(project), "--policy-pack", str(ROOT / "policies")]
    arguments += ["--stack", "dev", "--stack", "prod"]
    command = [sys.executable, "-c", run % (1 if one_after_the_other else 2, arguments)]
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, capture_output=True, timeout=600, check=True)
    return time.perf_counter() - start


def median(results: tuple[Mapping[str, float], ...], figure: str) -> float:
    """The median of one figure."""
    return statistics.median(result[figure] for result in results)


if __name__ == "__main__":
    main()
