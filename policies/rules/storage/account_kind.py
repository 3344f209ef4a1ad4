"""Storage accounts are general purpose, version 2."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-021",
    title="Storage accounts are general purpose, version 2",
    severity=Severity.MEDIUM,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("kind", "StorageV2"),
    why=(
        "Version 1 and blob-only accounts were retired on 2026-09-01; premium kinds are dear and no "
        "workspace takes them."
    ),
    fix="Set kind to StorageV2 before the first deployment",
    anchors=Anchors(
        benchmark=("PV-6",), source="learn.microsoft.com storage/common/storage-account-overview"
    ),
    cases=Cases(
        allowed=({"kind": "StorageV2"},),
        denied=(
            {"kind": "Storage"},
            {"kind": "BlobStorage"},
            {"kind": "BlockBlobStorage"},
            {"kind": "FileStorage"},
        ),
        omitted={},
        unknown={"kind": UNKNOWN_STRING},
    ),
)
