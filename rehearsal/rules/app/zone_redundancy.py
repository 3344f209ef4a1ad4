"""Zones need a subnet of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules.example_azure import GROUP, GROUP_NAME, LOCATION
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_ENVIRONMENT = "azure-native:app:ManagedEnvironment"
_SUBNET = "vnetConfiguration.infrastructureSubnetId"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("zoneRedundant") is True and not (
        resource.text(_SUBNET) or resource.is_unknown(_SUBNET)
    ):
        yield Violation("zoneRedundant", f"is true without {_SUBNET}; give a subnet, or set it to false")


def _case(*, subnet: bool) -> Case:
    network = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-ml-dev/subnets/snet-apps"
    inputs = {
        "resourceGroupName": GROUP_NAME,
        "location": LOCATION,
        "environmentName": "cae-ml-dev",
        "zoneRedundant": True,
        **({"vnetConfiguration": {"infrastructureSubnetId": network}} if subnet else {}),
    }
    return Case((Declared(_ENVIRONMENT, inputs),))


RULE = Rule(
    id="APP150",
    service="Container Apps environment",
    title="zone redundancy needs a subnet",
    applies_to=(_ENVIRONMENT,),
    status=400,
    code="ZoneRedundancyRequiresVnet",
    source="learn.microsoft.com container-apps/how-to-zone-redundancy",
    check=_check,
    trips=_case(subnet=False),
    passes=_case(subnet=True),
)
