"""Instance types ask for CPU and memory, and for GPUs in limits only."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import (
    CLUSTER_ID,
)
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "properties.properties.instanceTypes"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    types = resource.value(_PATH)
    if resource.text("properties.computeType") != "Kubernetes" or not isinstance(types, dict):
        return
    for name, described in types.items():
        resources = described.get("resources") if isinstance(described, dict) else None
        path = f"{_PATH}.{name}.resources"
        for part in ("requests", "limits"):
            asked = resources.get(part) if isinstance(resources, dict) else None
            asked = asked if isinstance(asked, dict) else {}
            for kind in ("cpu", "memory"):
                if not isinstance(asked.get(kind), str):
                    yield Violation(f"{path}.{part}.{kind}", "required, as text (such as '2' or '4Gi')")
            if part == "requests" and "nvidia.com/gpu" in asked:
                yield Violation(f"{path}.requests", "GPUs are allowed in limits only; move it there")


def _case(requests: dict[str, str]) -> Case:
    small = {"resources": {"requests": requests, "limits": {"cpu": "2", "memory": "4Gi"}}}
    attach = {
        "computeType": "Kubernetes",
        "resourceId": CLUSTER_ID,
        "properties": {"namespace": "default", "instanceTypes": {"small": small}},
    }
    return Case((declare(tokens.ML_COMPUTE, {"computeName": "aks", "properties": attach}),))


RULE = Rule(
    id="AML029",
    service="Azure ML compute",
    title="instance types state CPU and memory",
    applies_to=(tokens.ML_COMPUTE,),
    status=400,
    code="BadArgument",
    source="learn.microsoft.com machine-learning/how-to-manage-kubernetes-instance-types",
    check=_check,
    trips=_case({"cpu": "1"}),
    passes=_case({"cpu": "1", "memory": "2Gi"}),
)
