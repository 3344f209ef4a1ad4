"""Training nodes have no public SSH."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "properties": {
        "computeType": "AmlCompute",
        "properties": {"remoteLoginPortPublicAccess": "Disabled"},
    }
}

RULE = Rule(
    id="AMLP-ML-011",
    title="Training nodes have no public SSH",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "AmlCompute",
        must_be("properties.properties.remoteLoginPortPublicAccess", "Disabled"),
    ),
    why="NotSpecified opens the port when the pool is public.",
    fix="Set remote_login_port_public_access to Disabled",
    anchors=Anchors(
        benchmark=("NS-2",),
        source="learn.microsoft.com machine-learning how-to-create-attach-compute-cluster",
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"properties.properties.remoteLoginPortPublicAccess": "Enabled"}),
            changed(_CORRECT, {"properties.properties.remoteLoginPortPublicAccess": "NotSpecified"}),
        ),
        omitted={"properties": {"computeType": "AmlCompute", "properties": {}}},
        unknown=changed(_CORRECT, {"properties.properties.remoteLoginPortPublicAccess": UNKNOWN_STRING}),
    ),
)
