"""Training clusters have a ceiling."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import at_most, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

_CORRECT = {
    "properties": {
        "computeType": "AmlCompute",
        "properties": {"scaleSettings": {"maxNodeCount": 12}},
    }
}

RULE = Rule(
    id="AMLP-ML-017",
    title="Training clusters have a ceiling",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "AmlCompute",
        at_most("properties.properties.scaleSettings.maxNodeCount", "maximumNodes", unit="nodes"),
    ),
    why="A loop that submits jobs stops at the ceiling, not at the credit card.",
    fix="Set scale_settings.max_node_count, or raise maximumNodes here",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com machine-learning how-to-manage-optimize-cost"
    ),
    thresholds=(Threshold("maximumNodes", 20, "nodes a training cluster may have", minimum=1),),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(changed(_CORRECT, {"properties.properties.scaleSettings.maxNodeCount": 120}),),
        omitted={"properties": {"computeType": "AmlCompute", "properties": {}}},
        unknown=changed(_CORRECT, {"properties.properties.scaleSettings.maxNodeCount": UNKNOWN_STRING}),
    ),
)
