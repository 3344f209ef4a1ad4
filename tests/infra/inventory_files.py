"""The committed inventories: what each platform deploys, in the few words that a reviewer reads.

Write them anew with `python -m tests.infra.inventory_files`, and read the difference before committing it.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from rehearsal.model.paths import walk
from rehearsal.run import Rehearsal
from tests.infra.platforms import ALL, rehearsed

FOLDER = Path(__file__).parent / "inventories"
REGENERATE = "python -m tests.infra.inventory_files"


def summarise(rehearsal: Rehearsal) -> dict[str, object]:
    """Counts by type, and each resource's chosen attributes under `<type>::<logical name>`."""
    chosen = yaml.safe_load((FOLDER / "chosen.yaml").read_text(encoding="utf-8"))
    resources: dict[str, object] = {}
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


def render(name: str) -> str:
    """The inventory file of one platform."""
    return yaml.safe_dump(summarise(rehearsed(name)), sort_keys=False, width=110, allow_unicode=True)


def main() -> None:
    """Write every inventory."""
    for name in ALL:
        (FOLDER / f"{name}.yaml").write_text(render(name), encoding="utf-8")


if __name__ == "__main__":
    main()
