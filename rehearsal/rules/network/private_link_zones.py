"""In which private DNS zones the names of a private endpoint are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azure_facts import private_link
from azure_facts.arm_id_parsing import arm_type_of
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.unknown_texts import holds_unknown
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_GROUP = "azure-native:network:PrivateDnsZoneGroup"
_ALL_REGIONS = "{region}"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    group = "/".join(resource.id.split("/")[:-2])
    endpoint = world.find(group)
    wanted = _zones_of(endpoint) if endpoint is not None else ()
    ids = [str(item.get("privateDnsZoneId", "")) for item in resource.items("privateDnsZoneConfigs")]
    if not wanted or not ids or any(holds_unknown(one) for one in ids):
        return
    given = [one.rpartition("/")[2].lower() for one in ids]
    for index, name in enumerate(given):
        if not any(_is(name, zone) for zone in wanted):
            yield Violation(
                f"privateDnsZoneConfigs[{index}].privateDnsZoneId",
                f"{name} is no zone of the part that the endpoint asks for, so its name resolves to the public "
                f"address; give {', '.join(wanted)}",
            )
    missing = [zone for zone in wanted if not any(_is(name, zone) for name in given)]
    if missing and len(missing) < len(wanted):
        yield Violation(
            "privateDnsZoneConfigs",
            f"names in {', '.join(missing)} resolve to the public address: add those zones",
        )


def _zones_of(endpoint: Resource) -> Sequence[str]:
    connections = endpoint.items("privateLinkServiceConnections")
    if len(connections) != 1:
        return ()
    asked = connections[0].get("groupIds")
    target = arm_type_of(str(connections[0].get("privateLinkServiceId", "")))
    parts = private_link.sub_resources(target)
    wanted = [str(asked[0]).lower()] if isinstance(asked, list) and asked else []
    return next((part.zones for part in parts if part.group.lower() in wanted), ())


def _is(name: str, zone: str) -> bool:
    before, region, after = zone.lower().partition(_ALL_REGIONS)
    return name == zone.lower() or (bool(region) and name.startswith(before) and name.endswith(after))


_ENDPOINT = declare(tokens.PRIVATE_ENDPOINT, name="endpoint")


def _zone_group(zone: str) -> Declared:
    return Declared(
        _GROUP,
        {
            "resourceGroupName": GROUP_NAME,
            "privateEndpointName": "pep-synapse-sql-ml-dev",
            "privateDnsZoneGroupName": "default",
            "privateDnsZoneConfigs": [
                {
                    "name": "sql",
                    "privateDnsZoneId": f"{GROUP}/providers/Microsoft.Network/privateDnsZones/{zone}",
                }
            ],
        },
        depends_on=("endpoint",),
    )


RULE = Rule(
    id="NET369",
    service="Private Link",
    title="the zones of a private endpoint are those of the part it asks for, all of them",
    applies_to=(_GROUP,),
    status=0,
    code="",
    source=str(private_link.SOURCE),
    check=_check,
    trips=Case((_ENDPOINT, _zone_group("privatelink.vaultcore.azure.net"))),
    passes=Case((_ENDPOINT, _zone_group("privatelink.sql.azuresynapse.net"))),
    severity=Severity.WARNING,
)
