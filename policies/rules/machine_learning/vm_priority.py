"""Production trains on dedicated nodes."""

from __future__ import annotations

from policies.frame.checks import must_be, where
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity

RULE = Rule(
    id="AMLP-ML-019",
    title="Production trains on dedicated nodes",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "AmlCompute",
        must_be("properties.properties.vmPriority", "Dedicated", omitted=True),
    ),
    why="A low-priority node can be taken away in the middle of the nightly run.",
    fix="Set vm_priority to Dedicated",
    anchors=Anchors(
        benchmark=("BR-1",), source="learn.microsoft.com machine-learning how-to-manage-optimize-cost"
    ),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=({"properties": {"computeType": "AmlCompute", "properties": {"vmPriority": "Dedicated"}}},),
        denied=({"properties": {"computeType": "AmlCompute", "properties": {"vmPriority": "LowPriority"}}},),
        omitted={"properties": {"computeType": "AmlCompute", "properties": {}}},
        unknown={"properties": {"computeType": "AmlCompute", "properties": {"vmPriority": UNKNOWN_STRING}}},
        omitted_is=Outcome.PASSED,
    ),
)
