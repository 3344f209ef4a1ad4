"""A cluster's pools, their subnets and its address ranges, as several rules ask for them."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens

PROFILE = "networkProfile"
_RANGES = {"serviceCidr": "serviceCidrs", "podCidr": "podCidrs"}


def address_ranges(cluster: Resource) -> Iterator[tuple[str, ipaddress.IPv4Network]]:
    """The IPv4 ranges that the cluster states, with their paths; what is no range is another rule's."""
    for one, several in _RANGES.items():
        listed = cluster.value(f"{PROFILE}.{several}")
        stated = [(f"{PROFILE}.{one}", cluster.value(f"{PROFILE}.{one}"))]
        stated += [
            (f"{PROFILE}.{several}[{index}]", text)
            for index, text in enumerate(listed if isinstance(listed, list) else ())
        ]
        for path, text in stated:
            if (network := ipv4(text)) is not None:
                yield path, network


def ipv4(text: object) -> ipaddress.IPv4Network | None:
    """The range, None for what is none (an IPv6 range, an unknown)."""
    try:
        return ipaddress.IPv4Network(text) if isinstance(text, str) else None
    except ValueError:
        return None


def pools(cluster: Resource, world: World) -> Iterator[tuple[str, Resource, Mapping[str, object]]]:
    """Every pool of a cluster of this stack: the path in the resource that states it, that resource, its inputs."""
    for index, pool in enumerate(cluster.items("agentPoolProfiles")):
        yield f"agentPoolProfiles[{index}].", cluster, pool
    for resource in world.grouped((tokens.AGENT_POOL,), cluster_of_pool).get(cluster.id.lower(), ()):
        yield "", resource, resource.plain_inputs


def cluster_of_pool(pool: Resource) -> str:
    """The id of the cluster that a pool of its own belongs to, in lower case."""
    return pool.id.lower().rpartition("/agentpools/")[0]


def subnets(cluster: Resource, world: World) -> Iterator[Resource]:
    """The subnets of this stack that the cluster's pools are in, each once."""
    seen = set[str]()
    for _, _, pool in pools(cluster, world):
        subnet = world.find(pool.get("vnetSubnetID"))
        if subnet is not None and subnet.urn not in seen:
            seen.add(subnet.urn)
            yield subnet


def virtual_network_of(subnet: Resource) -> str:
    """The id of the network that a subnet lies in, in lower case."""
    return subnet.id.lower().rpartition("/subnets/")[0]
