"""Production schedules run."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-WH-007",
    title="Production schedules run",
    severity=Severity.MEDIUM,
    types=("databricks:index/job:Job",),
    check=must_not_be("schedule.pauseStatus", "PAUSED"),
    why="A schedule that somebody paused for a test and forgot means yesterday's forecast.",
    fix="Set schedule.pause_status to UNPAUSED",
    anchors=Anchors(benchmark=("IR-3",), source="docs.databricks.com jobs/scheduled"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"name": "j", "schedule": {"pauseStatus": "UNPAUSED"}},),
        denied=({"name": "j", "schedule": {"pauseStatus": "PAUSED"}},),
        omitted={"name": "j"},
        unknown={"name": "j", "schedule": {"pauseStatus": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
