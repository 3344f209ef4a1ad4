"""Logs are kept long enough."""

from __future__ import annotations

from policies.frame.checks import at_least
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-MN-001",
    title="Logs are kept long enough",
    severity=Severity.MEDIUM,
    types=("azure-native:operationalinsights:Workspace",),
    check=at_least("retentionInDays", "minimumDays", unit="days"),
    why="An intrusion is found months after it began.",
    fix="Set retention_in_days",
    anchors=Anchors(benchmark=("LT-6",), source="learn.microsoft.com security/benchmark logging LT-6"),
    thresholds=(Threshold("minimumDays", 90, "days logs are kept", minimum=7, maximum=730),),
    cases=Cases(
        allowed=({"retentionInDays": 365},),
        denied=({"retentionInDays": 7},),
        omitted={},
        unknown={"retentionInDays": UNKNOWN_STRING},
    ),
)
