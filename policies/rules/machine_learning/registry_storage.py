"""The registry's own storage has no anonymous blobs."""

from __future__ import annotations

from policies.frame.checks import must_not_be
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-ML-029",
    title="The registry's own storage has no anonymous blobs",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Registry",),
    check=must_not_be(
        "regionDetails[].storageAccountDetails[].systemCreatedStorageAccount.allowBlobPublicAccess", True
    ),
    why="Every promoted model lies in that account.",
    fix="Set allow_blob_public_access=False",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("4fa4b6c0-31ca-4c0d-b10d-24b96f62a751",)),
    cases=Cases(
        allowed=(
            {
                "regionDetails": [
                    {
                        "storageAccountDetails": [
                            {"systemCreatedStorageAccount": {"allowBlobPublicAccess": False}}
                        ]
                    }
                ]
            },
        ),
        denied=(
            {
                "regionDetails": [
                    {
                        "storageAccountDetails": [
                            {"systemCreatedStorageAccount": {"allowBlobPublicAccess": True}}
                        ]
                    }
                ]
            },
        ),
        omitted={},
        unknown={
            "regionDetails": [
                {
                    "storageAccountDetails": [
                        {"systemCreatedStorageAccount": {"allowBlobPublicAccess": UNKNOWN_STRING}}
                    ]
                }
            ]
        },
        omitted_is=Outcome.PASSED,
    ),
)
