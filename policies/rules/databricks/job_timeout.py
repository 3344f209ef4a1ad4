"""Jobs end by themselves."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-021",
    title="Jobs end by themselves",
    severity=Severity.MEDIUM,
    types=("databricks:index/job:Job",),
    check=at_most("timeoutSeconds", "maximumSeconds", unit="seconds"),
    why="A hanging job keeps its cluster, and the next run waits behind it.",
    fix="Set timeout_seconds",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com jobs/configure-job"),
    thresholds=(Threshold("maximumSeconds", 14400, "seconds a job may run", minimum=60),),
    cases=Cases(
        allowed=({"timeoutSeconds": 3600},),
        denied=({"timeoutSeconds": 864000},),
        omitted={},
        unknown={"timeoutSeconds": UNKNOWN_STRING},
    ),
)
