"""What cases of Data Factory are made of, and what lies in one factory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Declared

FACTORY = "azure-native:datafactory:Factory"
PIPELINE = "azure-native:datafactory:Pipeline"
DATASET = "azure-native:datafactory:Dataset"
LINKED_SERVICE = "azure-native:datafactory:LinkedService"
TRIGGER = "azure-native:datafactory:Trigger"
CREDENTIAL = "azure-native:datafactory:CredentialOperation"

NAMES: Mapping[str, str] = {
    PIPELINE: "pipelineName",
    DATASET: "datasetName",
    LINKED_SERVICE: "linkedServiceName",
    TRIGGER: "triggerName",
    CREDENTIAL: "credentialName",
}
"""Types inside a factory to the property that names them."""

_NESTED = ("activities", "ifTrueActivities", "ifFalseActivities", "defaultActivities")


def part(token: str, name: str, inputs: Mapping[str, object], *depends_on: str) -> Declared:
    """Something inside the factory of all cases, by its own name."""
    inside = {"resourceGroupName": GROUP_NAME, "factoryName": "adf-ml-dev", NAMES[token]: name}
    return Declared(token, {**inside, **inputs}, name=name, depends_on=depends_on)


def names_in_factory(token: str, of: Resource, world: World) -> set[str]:
    """Names of one type in the factory that `of` lies in."""
    return {
        item.text(NAMES[token])
        for item in world.of_types((token,))
        if item.text("factoryName") == of.text("factoryName")
    }


def activities_in(
    activities: list[Mapping[str, object]], path: str = "activities"
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Path and activity, those inside loops and conditions too."""
    for index, activity in enumerate(activities):
        here = f"{path}[{index}]"
        yield here, activity
        for key in _NESTED:
            nested = activity.get(key)
            if isinstance(nested, list):
                inside = [item for item in nested if isinstance(item, Mapping)]
                yield from activities_in(inside, f"{here}.{key}")
