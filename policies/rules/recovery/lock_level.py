"""Locks stop deletion."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-RC-005",
    title="Locks stop deletion",
    severity=Severity.MEDIUM,
    types=("azure-native:authorization:ManagementLockByScope",),
    check=must_be("level", "CanNotDelete", "ReadOnly"),
    why="A lock of level NotSpecified locks nothing.",
    fix="Set level to CanNotDelete",
    anchors=Anchors(
        benchmark=("BR-2",), source="learn.microsoft.com azure-resource-manager management/lock-resources"
    ),
    cases=Cases(
        allowed=({"level": "CanNotDelete"},),
        denied=({"level": "NotSpecified"},),
        omitted={},
        unknown={"level": UNKNOWN_STRING},
    ),
)
