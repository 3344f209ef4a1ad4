"""Model registries are private."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-028",
    title="Model registries are private",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Registry",),
    check=must_be("publicNetworkAccess", "Disabled"),
    why="The registry holds every promoted model.",
    fix="Set public_network_access to Disabled",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com machine-learning how-to-registry-network-isolation"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"publicNetworkAccess": "Disabled"},),
        denied=({"publicNetworkAccess": "Enabled"},),
        omitted={},
        unknown={"publicNetworkAccess": UNKNOWN_STRING},
    ),
)
