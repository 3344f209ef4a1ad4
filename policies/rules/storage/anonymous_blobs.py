"""Storage accounts allow no anonymous blobs."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-004",
    title="Storage accounts allow no anonymous blobs",
    severity=Severity.CRITICAL,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("allowBlobPublicAccess", False),
    why="One container set to public would publish its data to anyone who guesses the name.",
    fix="Set allow_blob_public_access=False",
    anchors=Anchors(
        benchmark=("NS-2",),
        azure_policy=("4fa4b6c0-31ca-4c0d-b10d-24b96f62a751",),
        psrule=("Azure.Storage.BlobPublicAccess",),
        checkov=("CKV_AZURE_59",),
    ),
    cases=Cases(
        allowed=({"allowBlobPublicAccess": False},),
        denied=({"allowBlobPublicAccess": True},),
        omitted={},
        unknown={"allowBlobPublicAccess": UNKNOWN_STRING},
    ),
)
