"""A deployment asks for less than its instance type has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rehearsal.monitor.registration import Resource, walk
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_ID, ML_WORKSPACE_ID
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation
from rehearsal.world import World

_LIMITS = "properties.containerResourceRequirements.containerResourceLimits"
_UNITS = {"m": 0.001, "": 1.0, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    instance = resource.text("properties.instanceType")
    endpoint = world.find(resource.id.lower().partition("/deployments/")[0])
    compute = world.find(endpoint.value("properties.compute")) if endpoint else None
    if compute is None or not instance:
        return
    allowed = walk(compute.plain_inputs, f"properties.properties.instanceTypes.{instance}.resources.limits")
    for name in ("cpu", "memory"):
        asked = _amount(resource.value(f"{_LIMITS}.{name}"))
        most = _amount(allowed.get(name)) if isinstance(allowed, Mapping) else None
        if asked is not None and most is not None and asked > most:
            yield Violation(
                f"{_LIMITS}.{name}",
                f"more than instance type '{instance}' has; use less, or a larger instance type",
            )


def _amount(text: object) -> float | None:
    number = re.fullmatch(r"([\d.]+)(m|Ki|Mi|Gi|)", str(text))
    return None if number is None else float(number[1]) * _UNITS[number[2]]


def _case(cpu: str) -> Case:
    types = {
        "small": {
            "resources": {"requests": {"cpu": "1", "memory": "2Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}}
        }
    }
    attach = {
        "computeName": "aks-scoring",
        "properties": {
            "computeType": "Kubernetes",
            "resourceId": CLUSTER_ID,
            "properties": {"namespace": "default", "defaultInstanceType": "small", "instanceTypes": types},
        },
    }
    deployment = {
        "properties.endpointComputeType": "Kubernetes",
        "properties.instanceType": "small",
        "properties.containerResourceRequirements": {
            "containerResourceLimits": {"cpu": cpu, "memory": "4Gi"}
        },
    }
    endpoint = {"properties": {"authMode": "Key", "compute": f"{ML_WORKSPACE_ID}/computes/aks-scoring"}}
    return Case(
        (
            declare(tokens.ML_COMPUTE, attach, name="attach"),
            declare(tokens.ML_ONLINE_ENDPOINT, endpoint, name="endpoint", depends_on=("attach",)),
            declare(tokens.ML_ONLINE_DEPLOYMENT, deployment, depends_on=("endpoint",)),
        )
    )


RULE = Rule(
    id="AML036",
    service="Azure ML online deployment",
    title="no more CPU and memory than the instance type has",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="BadArgument",
    source="learn.microsoft.com machine-learning/how-to-manage-kubernetes-instance-types",
    check=_check,
    trips=_case("3"),
    passes=_case("1500m"),
)
