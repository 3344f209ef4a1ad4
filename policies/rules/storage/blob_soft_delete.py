"""Deleted blobs can be brought back."""

from __future__ import annotations

from policies.frame.checks import all_of, at_least, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-ST-012",
    title="Deleted blobs can be brought back",
    severity=Severity.HIGH,
    types=("azure-native:storage:BlobServiceProperties",),
    check=all_of(
        must_be("deleteRetentionPolicy.enabled", True),
        at_least("deleteRetentionPolicy.days", "minimumDays", unit="days"),
    ),
    why="A wrong overwrite or delete of training data or models is found days later.",
    fix="Enable delete_retention_policy with enough days (recovery.soft_delete_days)",
    anchors=Anchors(benchmark=("BR-2",), psrule=("Azure.Storage.SoftDelete",)),
    thresholds=(Threshold("minimumDays", 30, "days a deleted blob is kept", minimum=1, maximum=365),),
    cases=Cases(
        allowed=({"deleteRetentionPolicy": {"enabled": True, "days": 90}},),
        denied=(
            {"deleteRetentionPolicy": {"enabled": False, "days": 90}},
            {"deleteRetentionPolicy": {"enabled": True, "days": 1}},
        ),
        omitted={},
        unknown={"deleteRetentionPolicy": {"enabled": True, "days": UNKNOWN_STRING}},
    ),
)
