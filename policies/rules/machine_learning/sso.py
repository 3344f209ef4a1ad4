"""Compute instances sign people in with Entra."""

from __future__ import annotations

from policies.frame.checks import must_not_be, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-ML-025",
    title="Compute instances sign people in with Entra",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType", "ComputeInstance", must_not_be("properties.properties.enableSSO", False)
    ),
    why=(
        "Without single sign-on a terminal on the instance asks for credentials that then stay on its disk."
    ),
    fix="Leave enable_sso at true",
    anchors=Anchors(
        benchmark=("IM-3",), source="learn.microsoft.com machine-learning how-to-create-compute-instance"
    ),
    cases=Cases(
        allowed=({"properties": {"computeType": "ComputeInstance", "properties": {"enableSSO": True}}},),
        denied=({"properties": {"computeType": "ComputeInstance", "properties": {"enableSSO": False}}},),
        omitted={"properties": {"computeType": "ComputeInstance", "properties": {}}},
        unknown={
            "properties": {"computeType": "ComputeInstance", "properties": {"enableSSO": UNKNOWN_STRING}}
        },
        omitted_is=Outcome.PASSED,
    ),
)
