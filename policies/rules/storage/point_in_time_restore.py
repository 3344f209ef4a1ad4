"""Production blobs can be set back to an earlier hour."""

from __future__ import annotations

from policies.frame.checks import all_of, at_least, must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-ST-015",
    title="Production blobs can be set back to an earlier hour",
    severity=Severity.HIGH,
    types=("azure-native:storage:BlobServiceProperties",),
    check=all_of(
        must_be("restorePolicy.enabled", True),
        at_least("restorePolicy.days", "minimumDays", unit="days"),
        must_be("changeFeed.enabled", True),
    ),
    why=(
        "When the workspace's artifacts are damaged at scale, only point-in-time restore brings all "
        "of them back at once; it needs the change feed."
    ),
    fix="Enable restore_policy and change_feed",
    anchors=Anchors(
        benchmark=("BR-1", "BR-2"), source="learn.microsoft.com storage/blobs/point-in-time-restore-overview"
    ),
    kinds=PROD_ONLY,
    thresholds=(Threshold("minimumDays", 7, "days back that can be restored", minimum=1, maximum=364),),
    cases=Cases(
        allowed=({"restorePolicy": {"enabled": True, "days": 30}, "changeFeed": {"enabled": True}},),
        denied=(
            {"restorePolicy": {"enabled": False, "days": 30}, "changeFeed": {"enabled": True}},
            {"restorePolicy": {"enabled": True, "days": 1}, "changeFeed": {"enabled": True}},
            {"restorePolicy": {"enabled": True, "days": 30}, "changeFeed": {"enabled": False}},
        ),
        omitted={"isVersioningEnabled": True},
        unknown={"restorePolicy": {"enabled": UNKNOWN_STRING, "days": 30}, "changeFeed": {"enabled": True}},
    ),
)
