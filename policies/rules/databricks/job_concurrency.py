"""A job does not run beside itself."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-026",
    title="A job does not run beside itself",
    severity=Severity.MEDIUM,
    types=("databricks:index/job:Job",),
    check=at_most("maxConcurrentRuns", "maximumRuns", omitted=True),
    why="Two runs of one training write the same tables and models.",
    fix="Set max_concurrent_runs=1",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com jobs/configure-job"),
    thresholds=(Threshold("maximumRuns", 1, "runs of a job at the same time", minimum=1),),
    cases=Cases(
        allowed=({"maxConcurrentRuns": 1},),
        denied=({"maxConcurrentRuns": 10},),
        omitted={},
        unknown={"maxConcurrentRuns": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
