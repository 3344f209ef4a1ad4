"""Blob versions are kept."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-014",
    title="Blob versions are kept",
    severity=Severity.MEDIUM,
    types=("azure-native:storage:BlobServiceProperties",),
    check=must_be("isVersioningEnabled", True),
    why="Point-in-time restore needs versions; without them an overwritten artifact is gone.",
    fix="Set is_versioning_enabled=True (not possible on a hierarchical namespace: waive it there)",
    anchors=Anchors(
        benchmark=("BR-2",), source="learn.microsoft.com storage/blobs/point-in-time-restore-overview"
    ),
    cases=Cases(
        allowed=({"isVersioningEnabled": True},),
        denied=({"isVersioningEnabled": False},),
        omitted={},
        unknown={"isVersioningEnabled": UNKNOWN_STRING},
    ),
)
