"""A compute instance is open to its person only."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import must_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "properties": {
        "computeType": "ComputeInstance",
        "properties": {"applicationSharingPolicy": "Personal"},
    }
}

RULE = Rule(
    id="AMLP-ML-013",
    title="A compute instance is open to its person only",
    severity=Severity.HIGH,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "ComputeInstance",
        must_be("properties.properties.applicationSharingPolicy", "Personal"),
    ),
    why="A person who opens a shared instance acts with the tokens of the person it is assigned to.",
    fix="Set application_sharing_policy to Personal",
    anchors=Anchors(
        benchmark=("PA-7",), source="learn.microsoft.com machine-learning how-to-create-compute-instance"
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"properties.properties.applicationSharingPolicy": "Shared"}),),
        omitted={"properties": {"computeType": "ComputeInstance", "properties": {}}},
        unknown=changed(_CORRECT, {"properties.properties.applicationSharingPolicy": UNKNOWN_STRING}),
    ),
)
