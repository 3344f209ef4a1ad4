"""The platforms that tests look at: the reference stacks, and scenarios: a patch of dev, or a stack file of their
own."""

from __future__ import annotations

import functools
import gc
import json
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from rehearsal.run import Rehearsal, rehearse
from tests.reference_platform import read_stack, stack_file, write_stack

ROOT = Path(__file__).parents[2]
SCENARIOS = Path(__file__).parent / "scenarios"
TODAY = date(2026, 11, 21)

STACKS = ("dev", "prod")
ALL = (*STACKS, *sorted(path.stem for path in SCENARIOS.glob("*.yaml")))


@functools.cache
def rehearsed(name: str) -> Rehearsal:
    """A reference stack or a scenario, rehearsed once for all tests."""
    if name in STACKS:
        return _rehearse(name, stack_file(name))
    return rehearse_patched(scenario_patch(name))


def scenario_patch(name: str) -> Mapping[str, Any]:
    """What a scenario changes of dev, by area. One that is a whole stack file takes away all that it does not say."""
    content = yaml.safe_load((SCENARIOS / f"{name}.yaml").read_text(encoding="utf-8"))
    if "config" not in content:
        return content
    base = read_stack("dev")["config"]
    patch = _replacing(base, content["config"])
    return {
        key.removeprefix("mlplatform:"): value
        for key, value in patch.items()
        if key.startswith("mlplatform:")
    }


def _replacing(base: Any, whole: Any) -> Any:
    """The merge patch that makes `whole` of `base`."""
    if not isinstance(base, Mapping) or not isinstance(whole, Mapping):
        return whole
    gone = dict.fromkeys(base.keys() - whole.keys())
    return {**gone, **{key: _replacing(base.get(key), value) for key, value in whole.items()}}


@functools.cache
def dev_as_test() -> Rehearsal:
    """Dev unchanged under the scenarios' stack name: what a scenario differs from."""
    return rehearse_patched({})


def rehearse_patched(patch: Mapping[str, Any], *, base: str = "dev", stack: str = "test") -> Rehearsal:
    """Rehearse the reference `base` with `patch` applied to its areas, as a stack of another name."""
    document = read_stack(base)
    patched = {f"mlplatform:{area}": value for area, value in patch.items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"Pulumi.{stack}.yaml"
        config = merge_patch(document["config"], patched)
        write_stack(path, {"config": config})
        return _rehearse(stack, path)


def _rehearse(stack: str, path: Path) -> Rehearsal:
    try:
        return rehearse(ROOT, stack, today=TODAY, stack_file=path)
    finally:
        # What a rehearsal imports and gives back stays to the end: without this, every later collection of
        # reference cycles would walk all of it again, which took half of the time of these tests.
        gc.collect()
        gc.freeze()


def resources_in(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """The inventory's resources as the plain JSON that its readers get."""
    return json.loads(rehearsal.inventory.to_json())["resources"]


@functools.cache
def resources_of(name: str) -> list[dict[str, Any]]:
    """The resources of a committed stack or a scenario; read them, change nothing."""
    return resources_in(rehearsed(name))


def merge_patch(target: Any, patch: Any) -> Any:
    """JSON merge patch (RFC 7396): mappings merge, null removes, anything else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged
