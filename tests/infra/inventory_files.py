"""The committed inventories: what each platform deploys, in the few words that a reviewer reads.

`dev` and `prod` are written in full. A scenario is dev with a patch, so its file says what differs from dev: `counts`
that are others (0: none left), resources that are `removed`, `added` in full, and `changed` attributes by path (null:
gone). It is compared with dev under the scenarios' own stack name, test, so that names and ids are equal where nothing
differs.

Write them anew with `python -m tests.infra.inventory_files`, and read the difference before committing it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict

import yaml

from rehearsal.model.paths import walk
from rehearsal.run import Rehearsal
from tests.infra.platforms import ALL, STACKS, dev_as_test, rehearsed

FOLDER = Path(__file__).parent / "inventories"
REGENERATE = "python -m tests.infra.inventory_files"

Attributes = Mapping[str, object]


class Summary(TypedDict):
    """Counts by type, and each resource's chosen attributes under `<type>::<logical name>`."""

    counts: Mapping[str, int]
    resources: Mapping[str, Attributes]


def summarise(rehearsal: Rehearsal) -> Summary:
    """What a platform's inventory file tells in full."""
    chosen = yaml.safe_load((FOLDER / "chosen.yaml").read_text(encoding="utf-8"))
    resources: dict[str, Attributes] = {}
    for resource in rehearsal.inventory.resources:
        if not resource.custom:
            continue
        attributes = {
            path: value
            for path in chosen[resource.type]
            if (value := walk(resource.inputs, path)) is not None
        }
        if resource.options.protect:
            attributes["(protected)"] = True
        resources[f"{resource.type}::{resource.name}"] = attributes
    counts = {kind: count for kind, count in rehearsal.inventory.counts.items() if ":" in kind}
    return {"counts": counts, "resources": dict(sorted(resources.items()))}


def differences(base: Summary, other: Summary) -> Mapping[str, object]:
    """How the other platform differs from the base, in the sections that the module's docstring names."""
    before, after = base["resources"], other["resources"]
    kinds = sorted(base["counts"].keys() | other["counts"].keys())
    counts = {kind: other["counts"].get(kind, 0) for kind in kinds}
    changed = {
        key: found
        for key in sorted(before.keys() & after.keys())
        if (found := dict(_changed(before[key], after[key])))
    }
    sections: Mapping[str, object] = {
        "counts": {kind: count for kind, count in counts.items() if count != base["counts"].get(kind, 0)},
        "removed": sorted(before.keys() - after.keys()),
        "added": {key: after[key] for key in sorted(after.keys() - before.keys())},
        "changed": changed,
    }
    return {name: section for name, section in sections.items() if section}


def _changed(before: object, after: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Path and new value of what differs; a list of another length as a whole."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted(before.keys() | after.keys()):
            yield from _changed(before.get(key), after.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for place, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _changed(one, other, f"{path}[{place}]")
    elif before != after or type(before) is not type(after):  # True is not 1
        yield path, after


def render(name: str) -> str:
    """The inventory file of one platform."""
    content = summarise(rehearsed(name))
    if name not in STACKS:
        content = differences(summarise(dev_as_test()), content)
    return yaml.safe_dump(content, sort_keys=False, width=110, allow_unicode=True)


def main() -> None:
    """Write every inventory."""
    for name in ALL:
        (FOLDER / f"{name}.yaml").write_text(render(name), encoding="utf-8")


if __name__ == "__main__":
    main()
