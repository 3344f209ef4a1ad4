"""The parts of a declared network: subnets, peerings, private endpoints with their zones, links and records.

Ids are in lower case throughout, as ARM compares them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from rehearsal.model.resource import Resource
from rehearsal.model.values import has_unknown
from rehearsal.model.world import World
from rehearsal.reachability.managed_networks import of_factory, of_serverless, of_workspace
from rehearsal.reachability.model import Place, PlaceKind
from rehearsal.reachability.parts import (
    Endpoint,
    Link,
    Peering,
    Route,
    Subnet,
    grouped,
    id_under,
    listed,
    peering_of,
    ranges,
)
from rehearsal.rules import tokens
from rehearsal.rules.datafactory.networks import ENDPOINT as MANAGED_ENDPOINT
from rehearsal.rules.datafactory.parts import FACTORY

PEERING = "azure-native:network:VirtualNetworkPeering"
SECURITY_GROUP = "azure-native:network:NetworkSecurityGroup"
SECURITY_RULE = "azure-native:network:SecurityRule"
ZONE_GROUP = "azure-native:network:PrivateDnsZoneGroup"
ZONE = "azure-native:privatedns:PrivateZone"
LINK = "azure-native:privatedns:VirtualNetworkLink"
RECORD = "azure-native:privatedns:PrivateRecordSet"

_LEADING = (tokens.PRIVATE_ENDPOINT, ZONE_GROUP, LINK, PEERING, tokens.ML_OUTBOUND_RULE, MANAGED_ENDPOINT)


class Declared:
    """What a program declares of its network, found once, and the networks outside it as the settings say."""

    def __init__(self, world: World, places: Iterable[Place] = ()) -> None:
        self.world = world
        self.places: Mapping[str, Place] = {
            place.id.lower(): place for place in places if place.kind is PlaceKind.NETWORK and place.id
        }
        """By the network's id. One of the program's own may be among them, for the names that it resolves."""

    @cached_property
    def subnets(self) -> Mapping[str, Subnet]:
        """Every subnet by id."""
        found: dict[str, Subnet] = {}
        for network in self.world.of_types((tokens.VIRTUAL_NETWORK,)):
            for inside in network.items("subnets"):
                subnet_id = f"{network.id}/subnets/{inside.get('name')}".lower()
                found[subnet_id] = Subnet(subnet_id, inside, network)
        for resource in self.world.of_types((tokens.SUBNET,)):
            found[resource.id.lower()] = Subnet(resource.id.lower(), resource.plain_inputs, resource)
        return found

    @cached_property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """Every private endpoint in a network of one's own."""
        zones: dict[str, dict[str, str]] = {}
        for group in self.world.of_types((ZONE_GROUP,)):
            of = zones.setdefault(group.id.lower().rpartition("/privatednszonegroups/")[0], {})
            for entry in group.items("privateDnsZoneConfigs"):
                of[str(entry.get("privateDnsZoneId")).lower()] = group.urn
        found = list[Endpoint]()
        for resource in self.world.of_types((tokens.PRIVATE_ENDPOINT,)):
            for key in ("privateLinkServiceConnections", "manualPrivateLinkServiceConnections"):
                found += [
                    Endpoint(
                        resource,
                        str(connection.get("privateLinkServiceId")).lower(),
                        tuple(str(group).lower() for group in listed(connection, "groupIds")),
                        id_under(resource.value("subnet")),
                        key.startswith("manual"),
                        zones.get(resource.id.lower(), {}),
                    )
                    for connection in resource.items(key)
                ]
        return tuple(found)

    @cached_property
    def endpoints_by_target(self) -> Mapping[str, tuple[Endpoint, ...]]:
        """Private endpoints by the id of what they lead to."""
        return grouped((endpoint.target, endpoint) for endpoint in self.endpoints)

    @cached_property
    def links(self) -> Mapping[str, Mapping[str, Link]]:
        """By network: the zones that are linked with it by declared links."""
        found: dict[str, dict[str, Link]] = {}
        for resource in self.world.of_types((LINK,)):
            zone = resource.id.lower().rpartition("/virtualnetworklinks/")[0]
            network = id_under(resource.value("virtualNetwork"))
            if network:
                found.setdefault(network, {})[zone] = Link(
                    resource.urn,
                    resource.text("resolutionPolicy"),
                    registers=resource.value("registrationEnabled") is True,
                )
        return found

    @cached_property
    def records(self) -> Mapping[str, Mapping[str, Resource]]:
        """By zone: the address records by name, `@` for the zone itself."""
        found: dict[str, dict[str, Resource]] = {}
        for resource in self.world.of_types((RECORD,)):
            zone, _, name = resource.id.lower().rpartition("/a/")
            if zone:
                found.setdefault(zone, {})[name] = resource
        return found

    @cached_property
    def aliases(self) -> frozenset[tuple[str, str]]:
        """Zone and name of the records that lead to another name, or to an IPv6 address."""
        parts = [
            resource.id.lower().rsplit("/", 2)
            for resource in self.world.of_types((RECORD,))
            if resource.id.count("/") > 1
        ]
        return frozenset((zone, name) for zone, kind, name in parts if kind in ("cname", "aaaa"))

    @cached_property
    def peerings(self) -> Mapping[str, tuple[Peering, ...]]:
        """Peerings by the network that they belong to, those inside a network's own declaration included."""
        found = [
            (network.id.lower(), peering_of(network, inside))
            for network in self.world.of_types((tokens.VIRTUAL_NETWORK,))
            for inside in network.items("virtualNetworkPeerings")
        ]
        found += [
            (item.id.lower().rpartition("/virtualnetworkpeerings/")[0], peering_of(item, item.plain_inputs))
            for item in self.world.of_types((PEERING,))
        ]
        return grouped(found)

    @cached_property
    def managed_targets(self) -> frozenset[tuple[str, str]]:
        """Id and sub-resource, both in lower case, of what networks that services manage have private endpoints to."""
        found = set[tuple[str, str]]()
        for workspace in self.world.of_types((tokens.ML_WORKSPACE,)):
            found |= of_workspace(workspace, self.world, spark=False).endpoints.keys()
        for factory in self.world.of_types((FACTORY,)):
            found |= of_factory(factory.id, self.world).endpoints.keys()
        return frozenset(found | of_serverless(self.world).endpoints.keys())

    @cached_property
    def security_rules(self) -> Mapping[str, tuple[Resource, ...]]:
        """Rules that are resources of their own, by their security group."""
        return grouped(
            (item.id.lower().rpartition("/securityrules/")[0], item)
            for item in self.world.of_types((SECURITY_RULE,))
        )

    @cached_property
    def is_blind(self) -> bool:
        """Whether an endpoint, zone, link or peering leads to what only a service can say: it may be the missed one."""
        return any(has_unknown(one.plain_inputs) for one in self.world.of_types(_LEADING))

    @cached_property
    def own_storage(self) -> Mapping[str, Resource]:
        """By id: accounts that Databricks workspaces make for themselves and close by a firewall, and the workspace."""
        workspaces = self.world.of_types((tokens.DATABRICKS_WORKSPACE,))
        return {account.lower(): workspace for workspace in workspaces if (account := own_storage(workspace))}

    def is_declared(self, arm_id: str) -> bool:
        """Whether the program makes what has this id, itself or by a workspace, and does not merely read it."""
        found = self.world.find(arm_id)
        return arm_id in self.own_storage if found is None else not found.external

    def route_table(self, subnet: Subnet) -> Resource | None:
        """The route table of a subnet; None where it has none, and where the program does not declare it."""
        found = self.world.find(subnet.reference("routeTable"))
        return found if found is not None and not found.external else None

    def address_spaces(self, network: str) -> list[Route]:
        """The routes that lead to a network of the program by themselves, there and where it is peered; none where its
        ranges are not known."""
        found = self.world.find(network)
        stated = found.value("addressSpace.addressPrefixes") if found is not None else None
        return [Route(one) for one in ranges(stated if isinstance(stated, list) else ())]

    def subnets_with(self, address: str) -> Iterator[Subnet]:
        """The subnets that an address lies in."""
        try:
            found = ipaddress.IPv4Address(address)
        except ValueError:
            return
        for subnet in self.subnets.values():
            if any(found in one for one in subnet.ranges):
                yield subnet


def own_storage(workspace: Resource) -> str:
    """The id of a Databricks workspace's own storage account, where a firewall closes it; empty where none does."""
    group, name = (
        workspace.text("managedResourceGroupId"),
        workspace.text("parameters.storageAccountName.value"),
    )
    closed = workspace.text("defaultStorageFirewall") == "Enabled" and not workspace.external
    return f"{group}/providers/Microsoft.Storage/storageAccounts/{name}" if closed and group and name else ""
