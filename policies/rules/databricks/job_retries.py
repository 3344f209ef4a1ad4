"""Jobs retry a few times at most."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-DO-025",
    title="Jobs retry a few times at most",
    severity=Severity.MEDIUM,
    types=("databricks:index/job:Job",),
    check=at_most("tasks[].maxRetries", "maximumRetries", omitted=True),
    why=("A run that fails for want of data fails again, each time on the full cluster; -1 means for ever."),
    fix="Lower max_retries",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com jobs/configure-task"),
    thresholds=(Threshold("maximumRetries", 3, "retries of one task", minimum=0),),
    cases=Cases(
        allowed=({"tasks": [{"taskKey": "a", "maxRetries": 1}]},),
        denied=({"tasks": [{"taskKey": "a", "maxRetries": 10}]},),
        omitted={"tasks": [{"taskKey": "a"}]},
        unknown={"tasks": [{"taskKey": "a", "maxRetries": UNKNOWN_STRING}]},
        omitted_is=Outcome.PASSED,
    ),
)
