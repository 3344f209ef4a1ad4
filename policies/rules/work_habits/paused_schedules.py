"""Schedules are paused outside production."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Kind, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-WH-006",
    title="Schedules are paused outside production",
    severity=Severity.LOW,
    types=("databricks:index/job:Job",),
    check=must_not_be("schedule.pauseStatus", "UNPAUSED"),
    why="Every environment that trains each night pays for the production run again.",
    fix="Set schedule.pause_status to PAUSED",
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com jobs/scheduled"),
    kinds=frozenset({Kind.NONPROD}),
    cases=Cases(
        allowed=({"name": "j", "schedule": {"pauseStatus": "PAUSED"}},),
        denied=({"name": "j", "schedule": {"pauseStatus": "UNPAUSED"}},),
        omitted={"name": "j"},
        unknown={"name": "j", "schedule": {"pauseStatus": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
