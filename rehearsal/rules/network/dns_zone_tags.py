"""Tags of a DNS zone have plain names."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts import tags
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP_NAME
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ZONES = ("azure-native:privatedns:PrivateZone", "azure-native:dns:Zone")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    given = resource.value("tags")
    for name in given if isinstance(given, dict) else ():
        if problem := tags.dns_zone_tag_problem(str(name)):
            yield Violation("tags", problem)


def _case(tag: str) -> Case:
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": "global",
        "privateZoneName": "privatelink.vaultcore.azure.net",
        "tags": {tag: "platform"},
    }
    return Case((Declared(_ZONES[0], inputs),))


RULE = Rule(
    id="DNS001",
    service="Azure DNS",
    title="tag names of a zone are plain: letters, digits, '-', '_', a letter first",
    applies_to=_ZONES,
    status=400,
    code="BadRequest",
    source=str(tags.DNS_ZONES),
    check=_check,
    trips=_case("cost owner"),
    passes=_case("cost-owner"),
)
