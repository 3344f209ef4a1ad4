"""Schedules start pipelines once a day at most."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-DF-007",
    title="Schedules start pipelines once a day at most",
    severity=Severity.MEDIUM,
    types=("azure-native:datafactory:Trigger",),
    check=must_be("properties.recurrence.frequency", *("Day", "Week", "Month"), omitted=True),
    why="A pipeline that starts a cluster every minute costs more than everything else here.",
    fix="Set recurrence.frequency to Day",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com data-factory how-to-create-schedule-trigger"
    ),
    cases=Cases(
        allowed=({"properties": {"type": "ScheduleTrigger", "recurrence": {"frequency": "Day"}}},),
        denied=({"properties": {"type": "ScheduleTrigger", "recurrence": {"frequency": "Minute"}}},),
        omitted={"properties": {"type": "ScheduleTrigger"}},
        unknown={"properties": {"type": "ScheduleTrigger", "recurrence": {"frequency": UNKNOWN_STRING}}},
        omitted_is=Outcome.PASSED,
    ),
)
