"""Variables of a container group have names that a shell takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_GROUP = "azure-native:containerinstance:ContainerGroup"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    for index, container in enumerate(resource.items("containers")):
        listed = container.get("environmentVariables")
        for place, variable in enumerate(listed if isinstance(listed, list) else ()):
            name = variable.get("name") if isinstance(variable, Mapping) else None
            if isinstance(name, str) and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
                yield Violation(
                    f"containers[{index}].environmentVariables[{place}].name",
                    f"'{name}' must be letters, digits and '_', and start with no digit; choose such a name",
                )


def _case(name: str) -> Case:
    container = {
        "name": "trial",
        "image": "mcr.microsoft.com/azuredocs/aci-helloworld:latest",
        "resources": {"requests": {"cpu": 1, "memoryInGB": 1}},
        "environmentVariables": [{"name": name, "value": "x"}],
    }
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": "westeurope",
        "containerGroupName": "ci-trial-dev",
        "osType": "Linux",
        "containers": [container],
    }
    return Case((Declared(_GROUP, inputs),))


RULE = Rule(
    id="APP300",
    service="Container Instances",
    title="variables with names that a shell takes",
    applies_to=(_GROUP,),
    status=400,
    code="InvalidContainerEnvironmentVariable",
    source="Azure/azure-rest-api-specs issue 19173, Azure/azure-cli issue 21047 (read 2026-11-30)",
    check=_check,
    trips=_case("model.path"),
    passes=_case("MODEL_PATH"),
)
