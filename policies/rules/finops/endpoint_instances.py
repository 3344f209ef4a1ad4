"""Model deployments stay small."""

from __future__ import annotations

from policies.frame.checks import at_most
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity, Threshold

RULE = Rule(
    id="AMLP-FN-004",
    title="Model deployments stay small",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:OnlineDeployment",),
    check=at_most("sku.capacity", "maximumInstances", omitted=True, unit="instances"),
    why="Each instance of a managed deployment is a VM that never stops.",
    fix="Lower sku.capacity",
    anchors=Anchors(benchmark=("AM-3",), source="learn.microsoft.com machine-learning how-to-manage-quotas"),
    thresholds=(Threshold("maximumInstances", 5, "instances of one deployment", minimum=1),),
    cases=Cases(
        allowed=({"sku": {"name": "Default", "capacity": 2}},),
        denied=({"sku": {"name": "Default", "capacity": 50}},),
        omitted={"sku": {"name": "Default"}},
        unknown={"sku": {"name": "Default", "capacity": UNKNOWN_STRING}},
        omitted_is=Outcome.PASSED,
    ),
)
