"""What a reviewer sees first: the reference stacks with a tag changed, a cluster added, a datastore dropped and an
immutable property changed, each commit rehearsed with its own program."""

from __future__ import annotations

import re
from pathlib import Path

from rehearsal.cli import main
from rehearsal.model.exit_codes import ExitCode
from tests.reference_platform import make_project, stack_file
from tests.rehearsal.changes.repositories import commit_all

FIRST_SCREEN = 50
DATASTORE = """\
      history:
        account_id: /subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-archive/providers/\
Microsoft.Storage/storageAccounts/starchive
        container: history
"""


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def base_of(stack: str) -> str:
    committed = stack_file(stack).read_text(encoding="utf-8")
    return replaced(committed, "    datastores:\n", f"    datastores:\n{DATASTORE}")


def head_of(stack: str) -> str:
    text = replaced(base_of(stack), DATASTORE, "")
    text = replaced(text, "cost_center: CC-4711", "cost_center: CC-0815")
    text = replaced(
        text,
        "    training_clusters:\n",
        "    training_clusters:\n      wide: {vm_size: Standard_D8ds_v5, max_nodes: 2}\n",
    )
    if "high_business_impact: true" in text:
        return replaced(text, "high_business_impact: true", "high_business_impact: false")
    return replaced(text, "    workspace:\n", "    workspace:\n      high_business_impact: true\n")


TOLD = (
    '- **updated** tag `cost-center` `"CC-4711"` → `"CC-0815"` on ',
    "- **created** `machinelearningservices.Compute ml-training-cluster-wide` in `ml`",
    "- **deleted** `machinelearningservices.Datastore ml-datastore-history`",
    "- **replaced** `machinelearningservices.Workspace ml-workspace` (holds data) because of `hbiWorkspace` ",
    "**takes along** ",
    "| **loses** | `Storage Blob Data Reader` |",
)


def test_the_first_screen_tells_all_four(tmp_path: Path) -> None:
    make_project(tmp_path)
    for version in (base_of, head_of):
        for stack in ("dev", "prod"):
            (tmp_path / f"Pulumi.{stack}.yaml").write_text(version(stack), encoding="utf-8")
        commit_all(tmp_path, version.__name__)
    output = tmp_path / ".rehearsal" / "report.md"
    options = ["--project", str(tmp_path), "--output", str(output), "--today", "2026-11-21"]
    # The engine does not delete a protected workspace for its replacement.
    assert main(["diff", "--base", "HEAD~1", "--format", "markdown", *options]) == ExitCode.REFUSED

    lines = output.read_text(encoding="utf-8").splitlines()
    # The datastore, and who could read it: the identity that jobs run as, and the workspace's own.
    assert re.match(
        r"\*\*dev: would be REFUSED \(1\): 3 deleted, 1 replaced, \d+ updated, 1 created, .*"
        r" \| prod: would be REFUSED \(1\): 4 deleted, 1 replaced, \d+ updated, 1 created, ",
        lines[1],
    )
    first = "\n".join(lines[:FIRST_SCREEN])
    for stack in ("dev", "prod"):
        of_stack = first.partition(f"### {stack}\n")[2].partition("\n### ")[0]
        assert [words for words in TOLD if words not in of_stack] == [], stack
    # However many carry it, a tag is told once for each stack.
    assert first.count('`"CC-0815"` on ') == 2
    # A training cluster that nobody gave hours for costs, and is counted as 0.
    assert first.count("`training cluster wide` ±0") == 2
