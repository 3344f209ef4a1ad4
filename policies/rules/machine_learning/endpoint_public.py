"""Production endpoints are private."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-022",
    title="Production endpoints are private",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:OnlineEndpoint",),
    check=must_be("properties.publicNetworkAccess", "Disabled"),
    why="A scoring endpoint answers with what the model learned from our data.",
    fix="Set public_network_access to Disabled",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com machine-learning concept-secure-online-endpoint"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"properties": {"publicNetworkAccess": "Disabled"}},),
        denied=({"properties": {"publicNetworkAccess": "Enabled"}},),
        omitted={},
        unknown={"properties": {"publicNetworkAccess": UNKNOWN_STRING}},
    ),
)
