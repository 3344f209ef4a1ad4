"""A container group of a size that every region gives."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_container_group import CONTAINER_GROUP, container_group_case
from rehearsal.rules.rule import Case, Rule, Violation

_LARGEST = {"cpu": 4, "memoryInGB": 16}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    count = len(resource.items("containers"))
    for name, largest in _LARGEST.items():
        asked = [resource.value(f"containers[{index}].resources.requests.{name}") for index in range(count)]
        total = sum(value for value in asked if isinstance(value, (int, float)))
        if total > largest:
            yield Violation(
                f"containers[0].resources.requests.{name}",
                f"the group asks for {total:g}; more than {largest} is not given in every region: give less, or "
                "see what yours gives: az rest --method get --url /subscriptions/SUBSCRIPTION/providers/"
                "Microsoft.ContainerInstance/locations/REGION/capabilities?api-version=2023-05-01",
            )


def _case(cpu: float) -> Case:
    return container_group_case({"resources": {"requests": {"cpu": cpu, "memoryInGB": 4}}})


RULE = Rule(
    id="ACI170",
    service="Container Instances",
    title="no more CPU and memory than every region gives",
    applies_to=(CONTAINER_GROUP,),
    status=0,
    code="",
    source="learn.microsoft.com container-instances/container-instances-resource-and-quota-limits; Azure REST spec "
    "containerinstance 2023-05-01, Location_ListCapabilities",
    check=_check,
    trips=_case(8),
    passes=_case(4),
    severity=Severity.WARNING,
)
