"""What the platform's own code adds to the SDK: the program against a straight line of the same registrations.

The straight line makes every resource of the recorded inventory, one after the other, from literal inputs, with the
same parents, providers and dependencies. Both run under the SDK's mocks with the same recorded answers and after the
same imports, in turn, with Python's collector off. Times are processor time. What the program has on top are settings,
components, Outputs between them, hooks and options.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import graphlib
import json
import pstats
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pulumi

    from rehearsal.model.inventory import InventoryResource

ROOT = Path(__file__).resolve().parent.parent
GOAL = 1.1
sys.path.insert(0, str(ROOT))

from benchmarks.rehearsal import import_program, record, run_bare, under_mocks  # noqa: E402

Answers = Mapping[str, tuple[str, dict[str, object]]]


def _python_name(name: str) -> str:
    """The SDK's constructors call their first argument `resource_name`."""
    return "resource_name_" if name == "resource_name" else name


def _in_order(resources: Iterable[InventoryResource]) -> Iterator[InventoryResource]:
    """What a resource names comes before it: an inventory is in the order of URNs."""
    by_urn = {item.urn: item for item in resources}
    named = {
        item.urn: {item.parent, item.provider.rpartition("::")[0], *item.dependencies} & by_urn.keys()
        for item in by_urn.values()
    }
    return (by_urn[urn] for urn in graphlib.TopologicalSorter(named).static_order())


def straight_line(inventory: Path) -> Callable[[], None]:
    """A program that registers what the inventory lists. Classes and inputs are looked up beforehand."""
    import pulumi

    from rehearsal.model.inventory_reader import read_inventory
    from rehearsal.sdk.annotations import object_type
    from rehearsal.sdk.resource_classes import arguments_class, resource_class

    steps: list[tuple[InventoryResource, Callable[..., pulumi.Resource] | None, dict[str, object]]] = []
    for item in _in_order(read_inventory(inventory).resources):
        if item.type == "pulumi:pulumi:Stack":
            continue
        found = resource_class(item.type) if item.custom else None
        arguments: dict[str, object] = {}
        if found is not None:
            properties = object_type(arguments_class(found)).properties
            arguments = {
                _python_name(properties[name].python_name): value
                for name, value in item.inputs.items()
                if name in properties
            }
        steps.append((item, found, arguments))

    def program() -> None:
        made: dict[str, pulumi.Resource] = {}
        providers: dict[str, pulumi.ProviderResource] = {}
        for item, found, arguments in steps:
            options = pulumi.ResourceOptions(
                parent=made.get(item.parent),
                depends_on=[made[one] for one in item.dependencies if one in made],
                provider=providers.get(item.provider.rpartition("::")[0]),
                # A resource that is read, not made, has an id and no arguments.
                id=item.id if item.external else None,
            )
            if found is None:
                made[item.urn] = pulumi.ComponentResource(item.type, item.name, None, options)
            else:
                made[item.urn] = found(item.name, **arguments, opts=options)
            if isinstance(made_now := made[item.urn], pulumi.ProviderResource):
                providers[item.urn] = made_now

    return program


def child(mode: str, stack: str, folder: Path, *, profile: bool) -> None:
    """One measurement in a process of its own, printed as JSON."""
    gc.disable()
    import_program()
    answers: Answers = json.loads((folder / f"{stack}-answers.json").read_text(encoding="utf-8"))
    line = straight_line(folder / f"{stack}-inventory.json")  # imports the SDK's modules, for the program too
    profiler = cProfile.Profile()
    if profile:
        profiler.enable()
    seconds, resources = run_bare(stack, answers) if mode == "program" else under_mocks(stack, answers, line)
    if profile:
        profiler.disable()
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("cumulative").print_stats(r"infra|pydantic", 40)
    print(json.dumps({"seconds": seconds, "resources": resources}))


def measure(mode: str, stack: str, folder: Path, *, profile: bool = False) -> Mapping[str, float]:
    """Start the child and read what it measured."""
    command = [sys.executable, __file__, "--child", mode, "--stack", stack, "--folder", str(folder)]
    result = subprocess.run(
        [*command, *(["--profile"] if profile else [])],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if result.returncode:
        raise SystemExit(result.stderr or result.stdout)
    if profile:
        print(result.stderr)
    return json.loads(result.stdout.splitlines()[-1])


def main() -> None:
    """Measure each stack, or be one measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stack", action="append", help="repeatable; default: dev and prod")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="also print where the program's own time goes")
    parser.add_argument("--child", choices=["program", "line"])
    parser.add_argument("--folder", type=Path, default=ROOT / ".rehearsal" / "straight-line")
    chosen = parser.parse_args()
    if chosen.child:
        child(chosen.child, chosen.stack[0], chosen.folder, profile=chosen.profile)
        return
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for stack in chosen.stack or ["dev", "prod"]:
        (chosen.folder / f"{stack}-answers.json").write_text(
            json.dumps(record(stack, chosen.folder / f"{stack}-inventory.json")), encoding="utf-8"
        )
        rounds = [
            (measure("line", stack, chosen.folder), measure("program", stack, chosen.folder))
            for _ in range(chosen.rounds)
        ]
        ratios = sorted(program["seconds"] / line["seconds"] for line, program in rounds)
        lines, programs = ([one["seconds"] for one in side] for side in zip(*rounds, strict=True))
        print(f"{stack}: {rounds[0][1]['resources']} resources (line {rounds[0][0]['resources']})")
        print(f"straight line {statistics.median(lines):.2f} s, program {statistics.median(programs):.2f} s")
        print(
            f"program / straight line {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}), "
            f"goal {GOAL}"
        )
        if chosen.profile:
            measure("program", stack, chosen.folder, profile=True)


if __name__ == "__main__":
    main()
