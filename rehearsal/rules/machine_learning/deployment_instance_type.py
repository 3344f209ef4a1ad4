"""A Kubernetes deployment names an instance type that its compute has, and fits into it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_ID
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_LIMITS = "properties.containerResourceRequirements.containerResourceLimits"
_UNITS = {"Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40, "m": 0.001, "": 1}
_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|m|)")
IMPLICIT = "defaultinstancetype"
"""Exists on every attached cluster: 2 CPU and 2 GiB."""


def _amount(text: object) -> float | None:
    found = _QUANTITY.fullmatch(str(text))
    return float(found[1]) * _UNITS[found[2]] if found else None


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    endpoint = world.find(resource.id.partition("/deployments/")[0])
    compute = world.find(endpoint.text("properties.compute")) if endpoint else None
    if compute is None or compute.external:
        return
    types = compute.value("properties.properties.instanceTypes")
    types = types if isinstance(types, dict) else {}
    name = resource.text("properties.instanceType")
    if name and name not in types and name != IMPLICIT:
        have = ", ".join(sorted(types)) or IMPLICIT
        yield Violation(
            "properties.instanceType", f"'{name}' is no instance type of {compute.urn}; use {have}"
        )
        return
    for measure in ("cpu", "memory"):
        asked = _amount(resource.value(f"{_LIMITS}.{measure}"))
        given = _amount(
            compute.value(f'properties.properties.instanceTypes["{name}"].resources.limits.{measure}')
        )
        if asked is not None and given is not None and asked > given:
            yield Violation(
                f"{_LIMITS}.{measure}",
                f"is more than instance type '{name}' has; ask for less or use a larger type",
            )


def _case(memory: str) -> Case:
    asked = {"containerResourceRequests": {"memory": memory}, "containerResourceLimits": {"memory": memory}}
    small = {
        "resources": {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "1", "memory": "4Gi"}}
    }
    return Case(
        (
            declare(
                tokens.ML_COMPUTE,
                {
                    "computeName": "aks",
                    "properties": {
                        "computeType": "Kubernetes",
                        "resourceId": CLUSTER_ID,
                        "properties": {"namespace": "default", "instanceTypes": {"small": small}},
                    },
                },
                name="compute",
            ),
            declare(
                tokens.ML_ONLINE_ENDPOINT,
                {"properties.compute": Ref("compute"), "properties.authMode": "Key"},
                name="endpoint",
            ),
            declare(
                tokens.ML_ONLINE_DEPLOYMENT,
                {
                    "properties.endpointComputeType": "Kubernetes",
                    "properties.instanceType": "small",
                    "properties.containerResourceRequirements": asked,
                },
                depends_on=("endpoint",),
            ),
        )
    )


RULE = Rule(
    id="AML153",
    service="Azure ML online deployment",
    title="a deployment fits into its instance type",
    applies_to=(tokens.ML_ONLINE_DEPLOYMENT,),
    status=400,
    code="BadArgument",
    source="learn.microsoft.com machine-learning/how-to-manage-kubernetes-instance-types",
    check=_check,
    trips=_case("8Gi"),
    passes=_case("4Gi"),
)
