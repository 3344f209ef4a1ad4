"""Model deployments have no open egress."""

from __future__ import annotations

from policies.frame.checks import must_be
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-024",
    title="Model deployments have no open egress",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:OnlineDeployment",),
    check=must_be("properties.egressPublicNetworkAccess", "Disabled"),
    why="Scoring code needs the workspace's services, not the internet.",
    fix="Set egress_public_network_access to Disabled",
    anchors=Anchors(
        benchmark=("NS-2",), source="learn.microsoft.com machine-learning concept-secure-online-endpoint"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(
            {"properties": {"endpointComputeType": "Managed", "egressPublicNetworkAccess": "Disabled"}},
        ),
        denied=({"properties": {"endpointComputeType": "Managed", "egressPublicNetworkAccess": "Enabled"}},),
        omitted={"properties": {"endpointComputeType": "Managed"}},
        unknown={
            "properties": {"endpointComputeType": "Managed", "egressPublicNetworkAccess": UNKNOWN_STRING}
        },
    ),
)
