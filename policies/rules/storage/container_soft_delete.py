"""Deleted containers can be brought back."""

from __future__ import annotations

from policies.frame.checks import all_of, at_least, must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-ST-013",
    title="Deleted containers can be brought back",
    severity=Severity.HIGH,
    types=("azure-native:storage:BlobServiceProperties",),
    check=all_of(
        must_be("containerDeleteRetentionPolicy.enabled", True),
        at_least("containerDeleteRetentionPolicy.days", "minimumDays", unit="days"),
    ),
    why="Deleting a container takes every blob in it; blob soft delete does not cover that.",
    fix="Enable container_delete_retention_policy with enough days",
    anchors=Anchors(benchmark=("BR-2",), psrule=("Azure.Storage.ContainerSoftDelete",)),
    thresholds=(Threshold("minimumDays", 30, "days a deleted container is kept", minimum=1, maximum=365),),
    cases=Cases(
        allowed=({"containerDeleteRetentionPolicy": {"enabled": True, "days": 90}},),
        denied=(
            {"containerDeleteRetentionPolicy": {"enabled": False, "days": 90}},
            {"containerDeleteRetentionPolicy": {"enabled": True, "days": 2}},
        ),
        omitted={},
        unknown={"containerDeleteRetentionPolicy": {"enabled": UNKNOWN_STRING, "days": 90}},
    ),
)
