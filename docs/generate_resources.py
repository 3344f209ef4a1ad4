"""The page of resources: what the reference platform deploys, from the inventories that the tests keep fresh."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

_INVENTORIES = Path(__file__).resolve().parent.parent / "tests" / "infra" / "inventories"
_STACKS = ("dev", "prod")
_REFERENCE = """\
These are the resources of the original stacks, kept in `tests/data/reference_platform`. For your own
stacks run `make preview`, or `make report` for pages."""


def resources_page(written_by: str) -> str:
    """Counts of both stacks by type, then every resource by its logical name and which stacks have it."""
    inventories = {
        stack: yaml.safe_load((_INVENTORIES / f"{stack}.yaml").read_text(encoding="utf-8"))
        for stack in _STACKS
    }
    counts = {stack: inventory["counts"] for stack, inventory in inventories.items()}
    lines = ["# Resources of the reference platform", "", written_by, ""]
    lines += [_REFERENCE, ""]
    lines += [f"| type | {' | '.join(_STACKS)} |", f"|---|{'---|' * len(_STACKS)}"]
    for kind in sorted({kind for found in counts.values() for kind in found}):
        lines.append(
            f"| {_short(kind)} | {' | '.join(str(found.get(kind, 0)) for found in counts.values())} |"
        )
    totals = (str(sum(found.values())) for found in counts.values())
    lines += [f"| all | {' | '.join(totals)} |", "", "## By name", ""]
    lines += ["(p) is protected: neither destroyed nor replaced before somebody says so.", ""]
    lines += [f"| resource | {' | '.join(_STACKS)} |", f"|---|{'---|' * len(_STACKS)}"]
    resources = {stack: inventory["resources"] for stack, inventory in inventories.items()}
    for key in sorted({key for found in resources.values() for key in found}):
        kind, _, name = key.partition("::")
        marks = (_mark(found.get(key)) for found in resources.values())
        lines.append(f"| {_short(kind)} `{name}` | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n"


def _short(kind: str) -> str:
    """`machinelearningservices:Compute`; for Databricks `databricks:Job` instead of `index/job:Job`."""
    package, _, rest = kind.partition(":")
    return f"databricks:{rest.rpartition(':')[2]}" if package == "databricks" else rest


def _mark(attributes: Mapping[str, object] | None) -> str:
    if attributes is None:
        return ""
    return "yes (p)" if attributes.get("(protected)") else "yes"
