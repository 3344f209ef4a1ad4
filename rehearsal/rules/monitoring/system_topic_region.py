"""A system topic is in the region of its source."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.regions import region_name
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, LOCATION
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_TOPIC = "azure-native:eventgrid:SystemTopic"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    source = world.find(resource.value("source"))
    if source is None:
        return
    here, there = (region_name(item.text("location")) for item in (resource, source))
    if here and there and here != there:
        yield Violation("location", f"is {here}, and its source is in {there}; give {there}")


def _case(location: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": location,
        "systemTopicName": "egst-key-vault-dev",
        "topicType": "Microsoft.KeyVault.vaults",
        "source": Ref("vault"),
    }
    return Case((declare(tokens.VAULT, name="vault"), Declared(_TOPIC, inputs)))


RULE = Rule(
    id="EVG341",
    service="Event Grid",
    title="a system topic is in its source's region",
    applies_to=(_TOPIC,),
    status=400,
    code="InvalidRequest",
    source="learn.microsoft.com event-grid/system-topics (Location and resource group for a system topic)",
    check=_check,
    trips=_case("northeurope"),
    passes=_case(LOCATION),
)
