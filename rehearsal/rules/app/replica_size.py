"""A replica has twice as many GiB of memory as cores."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_APP = "azure-native:app:ContainerApp"
_STEP, _LARGEST, _GIB_PER_CORE = 0.25, 4, 2


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    """Of all containers of a replica together; dedicated machines have no such pairs."""
    if resource.text("workloadProfileName") not in ("", "Consumption"):
        return
    cores = memory = 0.0
    for container in resource.items("template.containers"):
        asked = container.get("resources")
        size = _size(asked) if isinstance(asked, dict) else None
        if size is None:
            return
        cores, memory = cores + size[0], memory + size[1]
    if not cores:
        return
    if cores > _LARGEST or cores % _STEP or memory != cores * _GIB_PER_CORE:
        yield Violation(
            "template.containers[0].resources",
            f"cores {cores:g} and memory {memory:g}Gi are no pair: give 0.25 to {_LARGEST} cores in steps of "
            f"{_STEP}, and {_GIB_PER_CORE} GiB for each",
        )


def _size(asked: dict[str, object]) -> tuple[float, float] | None:
    """Cores and GiB; None where one is not known or left to the service."""
    cores, memory = asked.get("cpu"), asked.get("memory")
    match = re.fullmatch(r"([0-9.]+)Gi", memory) if isinstance(memory, str) else None
    if not isinstance(cores, (int, float)) or match is None:
        return None
    return float(cores), float(match[1])


def _case(memory: str) -> Case:
    container = {
        "name": "ui",
        "image": "mcr.microsoft.com/k8se/quickstart:latest",
        "resources": {"cpu": 0.5, "memory": memory},
    }
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "containerAppName": "ca-ui-dev",
        "managedEnvironmentId": f"{GROUP}/providers/Microsoft.App/managedEnvironments/cae-ml-dev",
        "template": {"containers": [container]},
    }
    return Case((Declared(_APP, inputs),))


RULE = Rule(
    id="APP343",
    service="Container Apps",
    title="cores and memory of a replica are one of the pairs",
    applies_to=(_APP,),
    status=400,
    code="ContainerAppInvalidResourceTotal",
    source="learn.microsoft.com container-apps/containers (vCPU and memory allocation requirements)",
    check=_check,
    trips=_case("2Gi"),
    passes=_case("1Gi"),
)
