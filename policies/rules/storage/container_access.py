"""Blob containers are private."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-ST-017",
    title="Blob containers are private",
    severity=Severity.CRITICAL,
    types=("azure-native:storage:BlobContainer",),
    check=must_be("publicAccess", "None", omitted=True),
    why="A public container is readable without signing in.",
    fix="Leave public_access out, or None",
    anchors=Anchors(benchmark=("NS-2",), psrule=("Azure.Storage.BlobAccessType",), checkov=("CKV_AZURE_34",)),
    cases=Cases(
        allowed=({"publicAccess": "None"},),
        denied=(
            {"publicAccess": "Blob"},
            {"publicAccess": "Container"},
        ),
        omitted={},
        unknown={"publicAccess": UNKNOWN_STRING},
        omitted_is=Outcome.PASSED,
    ),
)
