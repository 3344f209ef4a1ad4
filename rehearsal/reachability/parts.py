"""What a declared network is made of, and how its inputs are read. Ids are in lower case, as ARM compares them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from azure_facts.network_traffic import tag_of_service_endpoint
from rehearsal.model.resource import Resource
from rehearsal.rules import tokens

Range = ipaddress.IPv4Network
_Item = TypeVar("_Item")


@dataclass(frozen=True, eq=False)
class Subnet:
    """A subnet, declared by itself or inside its network. `stated` are its properties, `resource` states them."""

    id: str
    stated: Mapping[str, object]
    resource: Resource

    @property
    def network(self) -> str:
        """The id of the network that it lies in."""
        return network_of(self.id)

    @property
    def ranges(self) -> tuple[Range, ...]:
        """Its IPv4 ranges."""
        return ranges([self.stated.get("addressPrefix"), *listed(self.stated, "addressPrefixes")])

    def reference(self, key: str) -> str:
        """The id under `key` (`networkSecurityGroup`, `routeTable`, `natGateway`), empty where there is none."""
        return id_under(self.stated.get(key))

    @property
    def service_endpoints(self) -> frozenset[str]:
        """The service tags whose addresses its service endpoints lead to."""
        stated = listed(self.stated, "serviceEndpoints")
        named = (str(one.get("service")) for one in stated if isinstance(one, Mapping))
        return frozenset(tag for name in named if (tag := tag_of_service_endpoint(name)))

    def is_unknown(self, key: str) -> bool:
        """Whether nobody can say what it has under `key`: the subnet was read, or the value is the service's."""
        if self.resource.external:
            return True
        return self.resource.type == tokens.SUBNET and self.resource.is_unknown(key)


@dataclass(frozen=True, eq=False)
class Endpoint:
    """A private endpoint: what it leads to, where it stands, and the zones that get its names."""

    resource: Resource
    target: str
    groups: tuple[str, ...]
    subnet: str
    manual: bool
    zones: Mapping[str, str]
    """Id of the zone -> URN of the zone group that registers there."""


@dataclass(frozen=True)
class Link:
    """A zone's link with a network. `registers`: machines of the network write their own names into the zone."""

    urn: str
    policy: str
    registers: bool


@dataclass(frozen=True)
class Route:
    """A route: of a table, by its `owner`, the resource that states it, or, without a `hop`, one that networks have of
    themselves."""

    prefix: Range
    owner: str = ""
    urn: str = ""
    hop: str = ""


@dataclass(frozen=True)
class Peering:
    """One side of a peering. `remote` is the id of the other network, empty where the peering was only read."""

    name: str
    urn: str
    remote: str
    lets_through: bool


def peering_of(resource: Resource, stated: Mapping[str, object]) -> Peering:
    """One side, stated by a resource of its own or inside its network."""
    inside = stated.get("name") if resource.type == tokens.VIRTUAL_NETWORK else None
    return Peering(
        str(inside or resource.name),
        resource.urn,
        id_under(stated.get("remoteVirtualNetwork")),
        stated.get("allowVirtualNetworkAccess") is not False,
    )


def network_of(subnet_id: str) -> str:
    """The id of the network that a subnet lies in."""
    return subnet_id.lower().rpartition("/subnets/")[0]


def last_part(arm_id: str) -> str:
    """The name of what has this id."""
    return arm_id.rpartition("/")[2]


def ranges(texts: Iterable[object]) -> tuple[Range, ...]:
    """The IPv4 ranges among texts; what is none is left out."""
    found = list[Range]()
    for text in texts:
        try:
            found.append(ipaddress.IPv4Network(str(text), strict=False))
        except ValueError:
            continue
    return tuple(found)


def listed(stated: Mapping[str, object], key: str) -> list[object]:
    """The list under `key`; empty where there is none."""
    found = stated.get(key)
    return found if isinstance(found, list) else []


def id_under(value: object) -> str:
    """The id that a reference (`{"id": …}`) holds, in lower case; empty where it holds none."""
    found = value.get("id") if isinstance(value, Mapping) else None
    return found.lower() if isinstance(found, str) else ""


def grouped(pairs: Iterable[tuple[str, _Item]]) -> Mapping[str, tuple[_Item, ...]]:
    """The items under each key, in order."""
    found: dict[str, list[_Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in found.items()}
