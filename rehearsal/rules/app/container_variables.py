"""Variables of a container group have names that a shell takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_container_group import CONTAINER_GROUP, container_group_case
from rehearsal.rules.rule import Case, Rule, Violation


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
    requests = {"cpu": 1, "memoryInGB": 1}
    variables = [{"name": name, "value": "x"}]
    return container_group_case({"resources": {"requests": requests}, "environmentVariables": variables})


RULE = Rule(
    id="APP300",
    service="Container Instances",
    title="variables with names that a shell takes",
    applies_to=(CONTAINER_GROUP,),
    status=400,
    code="InvalidContainerEnvironmentVariable",
    source="Azure/azure-rest-api-specs issue 19173, Azure/azure-cli issue 21047 (read 2026-11-30)",
    check=_check,
    trips=_case("model.path"),
    passes=_case("MODEL_PATH"),
)
