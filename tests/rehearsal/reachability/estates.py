"""Small declared networks: each part as one call, ids made of names."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.reachability.declared import (
    LINK,
    PEERING,
    RECORD,
    SECURITY_GROUP,
    ZONE,
    ZONE_GROUP,
)
from rehearsal.reachability.model import Door, Place, PlaceKind, Road
from rehearsal.reachability.network import Network
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP

NETWORKS = f"{GROUP}/providers/Microsoft.Network"
HUB = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-hub/providers/Microsoft.Network"
HUB_NETWORK = f"{HUB}/virtualNetworks/vnet-hub"
HUB_ZONES = f"{HUB}/privateDnsZones"

Given = Mapping[str, object]
NOTHING: Given = MappingProxyType({})


def declare(
    type_: str, arm_id: str, given: Given = NOTHING, *, read: bool = False, outputs: Given = NOTHING
) -> Resource:
    """A resource of the program; `read`: it was only looked up. It is called by the last part of its id."""
    name = arm_id.rpartition("/")[2]
    urn = f"urn:pulumi:test::sample::{type_}::{name}"
    inputs = {} if read else {"location": "westeurope", **given}
    return Resource(urn, type_, arm_id, 0, inputs, outputs, external=read)


def world_of(*resources: Resource) -> World:
    """What a program registered."""
    return World(resources, datetime.date(2026, 11, 30))


def road(place: Place, door: Door, *resources: Resource, places: tuple[Place, ...] = ()) -> Road:
    """The road in the network that these resources make."""
    named = {str(index): one for index, one in enumerate(places)}
    return Network.of(world_of(*resources), named).road(place, door)


def relied_on(found: Road) -> list[str]:
    """The names of the declared resources that a road relies on."""
    return [urn.rpartition("::")[2] for urn in found.urns]


def network(name: str = "vnet", given: Given = NOTHING) -> Resource:
    """A virtual network of 10.1.0.0/16."""
    inside = {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}, **given}
    return declare(tokens.VIRTUAL_NETWORK, f"{NETWORKS}/virtualNetworks/{name}", inside)


def subnet(
    name: str = "nodes", range_: str = "10.1.0.0/24", given: Given = NOTHING, of: str = "vnet"
) -> Resource:
    """A subnet with neither group nor gateway, and without a default way out."""
    arm_id = f"{NETWORKS}/virtualNetworks/{of}/subnets/{name}"
    return declare(tokens.SUBNET, arm_id, {"addressPrefix": range_, "defaultOutboundAccess": False, **given})


def security_group(name: str, *rules: Given) -> Resource:
    """A security group with rules of its own."""
    return declare(SECURITY_GROUP, f"{NETWORKS}/networkSecurityGroups/{name}", {"securityRules": list(rules)})


def security_rule(direction: str, access: str, priority: int = 100, **stated: object) -> Given:
    """A rule for everything, but for what is stated."""
    return {
        "name": f"rule-{priority}",
        "direction": direction,
        "access": access,
        "priority": priority,
        "protocol": "*",
        "sourceAddressPrefix": "*",
        "destinationAddressPrefix": "*",
        "destinationPortRange": "*",
        **stated,
    }


def guarded(group: Resource) -> Given:
    """A subnet's property that puts it behind a security group."""
    return {"networkSecurityGroup": {"id": group.id}}


def peering(of: str, to: str, given: Given = NOTHING, name: str = "peering") -> Resource:
    """One side of a peering, from the network with the id `of` to the one with the id `to`."""
    arm_id = f"{of}/virtualNetworkPeerings/{name}-{of.rpartition('/')[2]}"
    return declare(PEERING, arm_id, {"remoteVirtualNetwork": {"id": to}, **given})


def account(name: str = "stdata", given: Given = NOTHING) -> Resource:
    """A storage account that answers nobody in public."""
    arm_id = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/{name}"
    closed = {"networkRuleSet": {"bypass": "None"}, "publicNetworkAccess": "Disabled"}
    return declare(tokens.STORAGE_ACCOUNT, arm_id, {"accountName": name, **closed, **given})


def endpoint(target: str, group: str = "blob", within: str = "endpoints", given: Given = NOTHING) -> Resource:
    """A private endpoint in a subnet of `vnet`, called `pep-<group>`."""
    connection = {"name": "it", "privateLinkServiceId": target, "groupIds": [group]}
    stands = {"subnet": {"id": f"{NETWORKS}/virtualNetworks/vnet/subnets/{within}"}}
    inside = {"privateLinkServiceConnections": [connection], **stands, **given}
    return declare(tokens.PRIVATE_ENDPOINT, f"{NETWORKS}/privateEndpoints/pep-{group}", inside)


def zone_group(group: str, *zones: str) -> Resource:
    """The zone group of `pep-<group>`, which writes into zones with these ids."""
    configs = [{"name": f"zone-{index}", "privateDnsZoneId": zone} for index, zone in enumerate(zones)]
    arm_id = f"{NETWORKS}/privateEndpoints/pep-{group}/privateDnsZoneGroups/names"
    return declare(ZONE_GROUP, arm_id, {"privateDnsZoneConfigs": configs})


def zone(name: str = "privatelink.blob.core.windows.net") -> Resource:
    """A private zone of the program."""
    return declare(ZONE, f"{NETWORKS}/privateDnsZones/{name}")


def link(of: Resource, to: str, policy: str = "Default") -> Resource:
    """A zone's link with the network that has the id `to`."""
    given = {"virtualNetwork": {"id": to}, "resolutionPolicy": policy}
    return declare(LINK, f"{of.id}/virtualNetworkLinks/link-{to.rpartition('/')[2]}", given)


def record(of: Resource, name: str, address: str) -> Resource:
    """An address record in a zone."""
    return declare(RECORD, f"{of.id}/A/{name}", {"aRecords": [{"ipv4Address": address}]})


def in_subnet(name: str = "nodes", of: str = "vnet") -> Place:
    """Machines in a subnet."""
    return Place(PlaceKind.SUBNET, f"{NETWORKS}/virtualNetworks/{of}/subnets/{name}")


def hub(*resolves: str, peered_back: bool = True) -> Place:
    """The hub, as the settings say."""
    return Place(
        PlaceKind.NETWORK,
        HUB_NETWORK,
        name="the hub",
        ranges=("10.0.0.0/16",),
        resolves=resolves,
        peered_back=peered_back,
        setting="network.hub",
    )


INTERNET = Place(PlaceKind.INTERNET, name="the internet")
OFFICE = Place(PlaceKind.INTERNET, name="the office", ranges=("203.0.113.0/24",))
VNET = network()


def private_account() -> tuple[Resource, ...]:
    """An account with an endpoint in `vnet`, whose zone is linked there: what `nodes` in it reach."""
    data, names = account(), zone()
    return (
        VNET,
        subnet(),
        subnet("endpoints", "10.1.8.0/24"),
        data,
        endpoint(data.id),
        zone_group("blob", names.id),
        names,
        link(names, VNET.id),
    )


BLOBS = Door(account().id, "blob")


def firewalled(**rules: object) -> Resource:
    """A storage account that answers in public those whom its firewall names."""
    given = {"publicNetworkAccess": "Enabled", "networkRuleSet": {"defaultAction": "Deny", **rules}}
    return account(given=given)


def from_nodes(target: Resource, given: Given = NOTHING, *more: Resource) -> Road:
    """From a subnet with these properties to the blobs of an account."""
    return road(in_subnet(), BLOBS, VNET, subnet(given=given), target, *more)
