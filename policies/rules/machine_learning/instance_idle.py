"""Compute instances shut down when idle."""

from __future__ import annotations

from policies.frame.cases import changed
from policies.frame.checks import at_most, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

_CORRECT = {
    "properties": {
        "computeType": "ComputeInstance",
        "properties": {"idleTimeBeforeShutdown": "PT30M"},
    }
}

RULE = Rule(
    id="AMLP-ML-015",
    title="Compute instances shut down when idle",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "ComputeInstance",
        at_most("properties.properties.idleTimeBeforeShutdown", "maximumMinutes", unit="minutes"),
    ),
    why="A forgotten instance costs as much as a used one.",
    fix="Set idle_time_before_shutdown (PT30M)",
    anchors=Anchors(
        benchmark=("AM-3",),
        azure_policy=("679ddf89-ab8f-48a5-9029-e76054077449",),
        psrule=("Azure.ML.ComputeIdleShutdown",),
    ),
    thresholds=(Threshold("maximumMinutes", 60, "minutes an instance may idle", minimum=15, maximum=4320),),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"properties.properties.idleTimeBeforeShutdown": "PT24H"}),
            changed(_CORRECT, {"properties.properties.idleTimeBeforeShutdown": "P1D"}),
        ),
        omitted={"properties": {"computeType": "ComputeInstance", "properties": {}}},
        unknown=changed(_CORRECT, {"properties.properties.idleTimeBeforeShutdown": UNKNOWN_STRING}),
    ),
)
