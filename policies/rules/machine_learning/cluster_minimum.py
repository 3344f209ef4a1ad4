"""Training clusters scale to zero."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import at_most, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

_CORRECT = {
    "properties": {
        "computeType": "AmlCompute",
        "properties": {"scaleSettings": {"minNodeCount": 0}},
    }
}

RULE = Rule(
    id="AMLP-ML-016",
    title="Training clusters scale to zero",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "AmlCompute",
        at_most("properties.properties.scaleSettings.minNodeCount", "maximumNodes", omitted=True),
    ),
    why="Each node above zero is paid for day and night.",
    fix="Set scale_settings.min_node_count=0",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com machine-learning how-to-manage-optimize-cost"
    ),
    thresholds=(Threshold("maximumNodes", 0, "nodes that may stay up", minimum=0),),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"properties.properties.scaleSettings.minNodeCount": 1}),
            changed(_CORRECT, {"properties.properties.scaleSettings.minNodeCount": 4}),
        ),
        omitted={"properties": {"computeType": "AmlCompute", "properties": {}}},
        unknown=changed(_CORRECT, {"properties.properties.scaleSettings.minNodeCount": UNKNOWN_STRING}),
        omitted_is=Outcome.PASSED,
    ),
)
