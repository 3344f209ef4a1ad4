"""Deleted file shares can be brought back."""

from __future__ import annotations

from policies.frame.checks import all_of, at_least, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-ST-016",
    title="Deleted file shares can be brought back",
    severity=Severity.HIGH,
    types=("azure-native:storage:FileServiceProperties",),
    check=all_of(
        must_be("shareDeleteRetentionPolicy.enabled", True),
        at_least("shareDeleteRetentionPolicy.days", "minimumDays", unit="days"),
    ),
    why="The share holds everybody's notebooks.",
    fix="Enable share_delete_retention_policy with enough days",
    anchors=Anchors(benchmark=("BR-2",), psrule=("Azure.Storage.FileShareSoftDelete",)),
    thresholds=(Threshold("minimumDays", 30, "days a deleted share is kept", minimum=1, maximum=365),),
    cases=Cases(
        allowed=({"shareDeleteRetentionPolicy": {"enabled": True, "days": 90}},),
        denied=(
            {"shareDeleteRetentionPolicy": {"enabled": False, "days": 90}},
            {"shareDeleteRetentionPolicy": {"enabled": True, "days": 3}},
        ),
        omitted={},
        unknown={"shareDeleteRetentionPolicy": {"enabled": UNKNOWN_STRING, "days": 9}},
    ),
)
