"""Production git folders are at a tag."""

from __future__ import annotations

from policies.frame.checks import must_have
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-WH-004",
    title="Production git folders are at a tag",
    severity=Severity.MEDIUM,
    types=("databricks:index/repo:Repo",),
    check=must_have("tag"),
    why="A branch moves under the running jobs; a tag is what was tested.",
    fix="Set tag instead of branch",
    anchors=Anchors(benchmark=("DS-6",), source="docs.databricks.com repos/"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"url": "https://github.com/o/r", "tag": "v1.0.0"},),
        denied=({"url": "https://github.com/o/r", "tag": ""},),
        omitted={"url": "https://github.com/o/r"},
        unknown={"url": "https://github.com/o/r", "tag": UNKNOWN_STRING},
    ),
)
