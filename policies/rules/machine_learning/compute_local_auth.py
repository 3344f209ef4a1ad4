"""ML compute has no local accounts."""

from __future__ import annotations

from policies.frame.checks import all_of, must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

RULE = Rule(
    id="AMLP-ML-009",
    title="ML compute has no local accounts",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Compute",),
    check=all_of(
        where("properties.computeType", "ComputeInstance", must_be("properties.disableLocalAuth", True)),
        where("properties.computeType", "AmlCompute", must_be("properties.disableLocalAuth", True)),
    ),
    why="An SSH account on a node runs with the node's identity and belongs to nobody.",
    fix="Set properties.disable_local_auth=True",
    anchors=Anchors(
        benchmark=("IM-1",),
        azure_policy=("e96a9a5f-07ca-471b-9bc5-6a0f33cbd68f",),
        psrule=("Azure.ML.DisableLocalAuth",),
    ),
    cases=Cases(
        allowed=(
            {"properties": {"computeType": "ComputeInstance", "properties": {}, "disableLocalAuth": True}},
        ),
        denied=(
            {"properties": {"computeType": "ComputeInstance", "properties": {}, "disableLocalAuth": False}},
        ),
        omitted={"properties": {"computeType": "ComputeInstance", "properties": {}}},
        unknown={
            "properties": {
                "computeType": "ComputeInstance",
                "properties": {},
                "disableLocalAuth": UNKNOWN_STRING,
            }
        },
    ),
)
