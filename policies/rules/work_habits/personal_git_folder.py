"""Git folders belong to no person."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    path = judged.text("path")
    if not path:
        yield "path is not set: Databricks would choose the deployer's own folder"
    elif "@" in path or path.lower().startswith(("/users/", "/workspace/users/")):
        yield f"path is '{path}', in a person's folder"


RULE = Rule(
    id="AMLP-WH-003",
    title="Git folders belong to no person",
    severity=Severity.MEDIUM,
    types=("databricks:index/repo:Repo",),
    check=_check,
    why="A folder under a person's name goes with the person, and the path in every job with it.",
    fix="Use /Repos/production/<name>, the same in every environment",
    anchors=Anchors(benchmark=("DS-6",), source="docs.databricks.com repos/"),
    cases=Cases(
        allowed=({"path": "/Repos/production/forecasting"},),
        denied=(
            {"path": "/Repos/ada@example.com/forecasting"},
            {"path": "/Users/ada@example.com/forecasting"},
        ),
        omitted={},
        unknown={"path": UNKNOWN_STRING},
    ),
)
