"""Storage accounts have no public endpoint."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ST-006",
    title="Storage accounts have no public endpoint",
    severity=Severity.HIGH,
    types=("azure-native:storage:StorageAccount",),
    check=must_be("publicNetworkAccess", "Disabled"),
    why="With the public endpoint on, a leaked token is enough to read data from anywhere.",
    fix="Set public_network_access to Disabled and add private endpoints (network.mode: private)",
    anchors=Anchors(benchmark=("NS-2",), azure_policy=("b2982f36-99f2-4db5-8eff-283140c09693",)),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccess": "Disabled"},),
        denied=(
            {"publicNetworkAccess": "Enabled"},
            {"publicNetworkAccess": "SecuredByPerimeter"},
        ),
        omitted={},
        unknown={"publicNetworkAccess": UNKNOWN_STRING},
    ),
)
