"""Training nodes are released soon."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import at_most, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

_CORRECT = {
    "properties": {
        "computeType": "AmlCompute",
        "properties": {"scaleSettings": {"nodeIdleTimeBeforeScaleDown": "PT10M"}},
    }
}

RULE = Rule(
    id="AMLP-ML-018",
    title="Training nodes are released soon",
    severity=Severity.LOW,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "AmlCompute",
        at_most(
            "properties.properties.scaleSettings.nodeIdleTimeBeforeScaleDown",
            "maximumMinutes",
            unit="minutes",
        ),
    ),
    why="The time between the last job and the release is paid for each node.",
    fix="Set scale_settings.node_idle_time_before_scale_down (PT10M)",
    anchors=Anchors(
        benchmark=("AM-3",), source="learn.microsoft.com machine-learning how-to-manage-optimize-cost"
    ),
    thresholds=(Threshold("maximumMinutes", 30, "minutes a node may idle", minimum=1),),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"properties.properties.scaleSettings.nodeIdleTimeBeforeScaleDown": "PT2H"}),
        ),
        omitted={"properties": {"computeType": "AmlCompute", "properties": {}}},
        unknown=changed(
            _CORRECT, {"properties.properties.scaleSettings.nodeIdleTimeBeforeScaleDown": UNKNOWN_STRING}
        ),
    ),
)
