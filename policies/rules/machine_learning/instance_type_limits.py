"""Kubernetes instance types have limits."""

from __future__ import annotations

from policies.frame.cases import REMOVED, changed
from policies.frame.checks import all_of, must_have, where
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity

_CORRECT = {
    "properties": {
        "computeType": "Kubernetes",
        "properties": {
            "instanceTypes": {
                "small": {
                    "resources": {
                        "limits": {"cpu": "1", "memory": "4Gi"},
                        "requests": {"cpu": "1", "memory": "4Gi"},
                    }
                }
            }
        },
    }
}

RULE = Rule(
    id="AMLP-ML-027",
    title="Kubernetes instance types have limits",
    severity=Severity.MEDIUM,
    types=("azure-native:machinelearningservices:Compute",),
    check=where(
        "properties.computeType",
        "Kubernetes",
        all_of(
            must_have("properties.properties.instanceTypes.*.resources.limits.cpu"),
            must_have("properties.properties.instanceTypes.*.resources.limits.memory"),
            must_have("properties.properties.instanceTypes.*.resources.requests.cpu"),
            must_have("properties.properties.instanceTypes.*.resources.requests.memory"),
        ),
    ),
    why="One model without a memory limit takes the node down and its neighbours with it.",
    fix="Set requests and limits for cpu and memory",
    anchors=Anchors(benchmark=("PV-2",), azure_policy=("e345eecc-fa47-480f-9e88-67dcc122b164",)),
    cases=Cases(
        allowed=(_CORRECT,),
        denied=(
            changed(_CORRECT, {"properties.properties.instanceTypes.small.resources.limits.memory": REMOVED}),
        ),
        omitted=changed(_CORRECT, {"properties.properties.instanceTypes.small.resources": {}}),
        unknown=changed(
            _CORRECT, {"properties.properties.instanceTypes.small.resources.limits.cpu": UNKNOWN_STRING}
        ),
    ),
)
