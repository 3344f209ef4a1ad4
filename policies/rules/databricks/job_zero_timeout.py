"""A job timeout of zero is no timeout."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-DO-022",
    title="A job timeout of zero is no timeout",
    severity=Severity.MEDIUM,
    types=("databricks:index/job:Job",),
    check=must_not_be("timeoutSeconds", 0),
    why="Databricks reads 0 as no limit.",
    fix="Set timeout_seconds above 0",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com jobs/configure-job"),
    cases=Cases(
        allowed=({"timeoutSeconds": 3600},),
        denied=({"timeoutSeconds": 0},),
        omitted={},
        unknown={"timeoutSeconds": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
