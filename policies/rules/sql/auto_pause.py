"""Databases outside production pause."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Kind, Outcome, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-SQ-004",
    title="Databases outside production pause",
    severity=Severity.LOW,
    types=("azure-native:sql:Database",),
    check=at_most("autoPauseDelay", "maximumMinutes", omitted=True, unit="minutes"),
    why="A serverless database with auto-pause off (-1) is the dearest kind.",
    fix="Set auto_pause_delay",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com azure-sql database/serverless-tier-overview"
    ),
    kinds=frozenset({Kind.NONPROD}),
    thresholds=(Threshold("maximumMinutes", 120, "minutes a database may idle", minimum=15, maximum=10080),),
    cases=Cases(
        allowed=({"autoPauseDelay": 60},),
        denied=({"autoPauseDelay": 10080},),
        omitted={},
        unknown={"autoPauseDelay": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
