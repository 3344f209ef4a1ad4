"""A compute instance is assigned to a person."""

from __future__ import annotations

from policies.frame.cases import REMOVED, changed
from policies.frame.checks import all_of, must_be, must_have, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "properties": {
        "computeType": "ComputeInstance",
        "properties": {
            "computeInstanceAuthorizationType": "personal",
            "personalComputeInstanceSettings": {"assignedUser": {"objectId": "o", "tenantId": "t"}},
        },
    }
}

RULE = Rule(
    id="AMLP-ML-014",
    title="A compute instance is assigned to a person",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "ComputeInstance",
        all_of(
            must_be("properties.properties.computeInstanceAuthorizationType", "personal"),
            must_have("properties.properties.personalComputeInstanceSettings.assignedUser.objectId"),
        ),
    ),
    why="Otherwise it belongs to the deployment's principal, and nobody can use it.",
    fix="Set compute_instance_authorization_type and personal_compute_instance_settings.assigned_user",
    anchors=Anchors(
        benchmark=("PA-7",), source="learn.microsoft.com machine-learning how-to-create-compute-instance"
    ),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"properties.properties.personalComputeInstanceSettings": REMOVED}),),
        omitted={"properties": {"computeType": "ComputeInstance", "properties": {}}},
        unknown=changed(_CORRECT, {"properties.properties.computeInstanceAuthorizationType": UNKNOWN_STRING}),
    ),
)
