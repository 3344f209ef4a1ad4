"""Blob versions are kept."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Stack
from policies.frame.relations import hierarchical_accounts
from policies.frame.rule import UNKNOWN_STRING, Anchors, Sample, Severity, StackCases, StackFinding, StackRule


def _check(stack: Stack) -> Iterator[StackFinding]:
    lakes = hierarchical_accounts(stack)
    for blobs in stack.of("azure-native:storage:BlobServiceProperties"):
        kept = stack.read(blobs, lambda asked: asked.value("isVersioningEnabled") is True, default=True)
        if not kept and stack.text(blobs, "accountName") not in lakes:
            yield StackFinding("isVersioningEnabled is not true", blobs.urn)


_BLOBS = "azure-native:storage:BlobServiceProperties"

RULE = StackRule(
    id="AMLP-ST-014",
    title="Blob versions are kept",
    severity=Severity.MEDIUM,
    check=_check,
    why=(
        "Point-in-time restore needs versions; without them an overwritten artifact is gone. A lake "
        "has no versions: there, Delta keeps the history."
    ),
    fix="Set is_versioning_enabled=True",
    anchors=Anchors(benchmark=("BR-2",), source="learn.microsoft.com storage/blobs/versioning-overview"),
    cases=StackCases(
        allowed=(
            Sample(_BLOBS, {"accountName": "st", "isVersioningEnabled": True}),
            Sample(_BLOBS, {"accountName": "lake"}, name="lake"),
            Sample(
                "azure-native:storage:StorageAccount",
                {"accountName": "lake", "isHnsEnabled": True},
                name="account",
            ),
        ),
        denied=(Sample(_BLOBS, {"accountName": "st", "isVersioningEnabled": False}),),
        omitted=(Sample(_BLOBS, {"accountName": "st"}),),
        unknown=(Sample(_BLOBS, {"accountName": "st", "isVersioningEnabled": UNKNOWN_STRING}),),
    ),
)
