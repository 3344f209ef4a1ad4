"""Production blobs can be set back to an earlier hour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policies.frame.checks import all_of, at_least, must_be
from policies.frame.judged import Stack
from policies.frame.relations import hierarchical_accounts
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
    Threshold,
)

_RESTORE = all_of(
    must_be("restorePolicy.enabled", True),
    at_least("restorePolicy.days", "minimumDays", unit="days"),
    must_be("changeFeed.enabled", True),
)


def _check(stack: Stack) -> Iterator[StackFinding]:
    lakes = hierarchical_accounts(stack)
    for blobs in stack.of("azure-native:storage:BlobServiceProperties"):
        if stack.text(blobs, "accountName") not in lakes:
            asked = replace(blobs, thresholds=stack.thresholds)
            for message in stack.read(asked, lambda one: list(_RESTORE(one)), []):
                yield StackFinding(message, blobs.urn)


_BLOBS = "azure-native:storage:BlobServiceProperties"

RULE = StackRule(
    id="AMLP-ST-015",
    title="Production blobs can be set back to an earlier hour",
    severity=Severity.HIGH,
    check=_check,
    why=(
        "When artifacts are damaged at scale, only point-in-time restore brings all of them back at "
        "once; it needs the change feed. A lake cannot have it."
    ),
    fix="Enable restore_policy and change_feed (recovery.point_in_time_restore_days)",
    anchors=Anchors(
        benchmark=("BR-1", "BR-2"), source="learn.microsoft.com storage/blobs/point-in-time-restore-overview"
    ),
    kinds=PROD_ONLY,
    thresholds=(Threshold("minimumDays", 7, "days back that can be restored", minimum=1, maximum=364),),
    cases=StackCases(
        allowed=(
            Sample(
                _BLOBS,
                {
                    "accountName": "st",
                    "restorePolicy": {"enabled": True, "days": 30},
                    "changeFeed": {"enabled": True},
                },
            ),
            Sample(_BLOBS, {"accountName": "lake"}, name="lake"),
            Sample(
                "azure-native:storage:StorageAccount",
                {"accountName": "lake", "isHnsEnabled": True},
                name="account",
            ),
        ),
        denied=(
            Sample(
                _BLOBS,
                {
                    "accountName": "st",
                    "restorePolicy": {"enabled": True, "days": 1},
                    "changeFeed": {"enabled": True},
                },
            ),
        ),
        omitted=(Sample(_BLOBS, {"accountName": "st"}),),
        unknown=(
            Sample(_BLOBS, {"accountName": "st", "restorePolicy": {"enabled": UNKNOWN_STRING, "days": 30}}),
        ),
    ),
)
