"""Peered networks have addresses apart, and so have the spokes of one hub."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import ipv4
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_PEERING = "azure-native:network:VirtualNetworkPeering"
_REMOTE = "remoteVirtualNetwork.id"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    mine, remote = _near(resource, world), world.find(resource.value(_REMOTE))
    if remote is not None and _overlap(mine, remote):
        yield Violation(_REMOTE, f"{remote.urn} has addresses of this network too; use ranges apart")
    for other in world.grouped((_PEERING,), _hub).get(_hub(resource), ()):
        theirs = _near(other, world)
        if other.order < resource.order and theirs is not mine and _overlap(mine, theirs):
            yield Violation(
                _REMOTE,
                f"is peered with {theirs.urn if theirs else other.urn} already, which has addresses of this network "
                "too; use ranges apart",
            )


def _hub(peering: Resource) -> str:
    return peering.text(_REMOTE).lower()


def _near(peering: Resource, world: World) -> Resource | None:
    return world.find(peering.id.lower().rpartition("/virtualnetworkpeerings/")[0])


def _overlap(first: Resource | None, second: Resource | None) -> bool:
    return any(left.overlaps(right) for left in _spaces(first) for right in _spaces(second))


def _spaces(network: Resource | None) -> list[ipaddress.IPv4Network]:
    stated = network.value("addressSpace.addressPrefixes") if network else None
    parsed = [ipv4(text) for text in stated] if isinstance(stated, list) else []
    return [space for space in parsed if space is not None]


def _case(second: str) -> Case:
    hub = f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-hub"
    other = {"virtualNetworkName": "vnet-other", "addressSpace.addressPrefixes": [second]}
    return Case(
        (
            declare(tokens.VIRTUAL_NETWORK, name="first"),
            declare(tokens.VIRTUAL_NETWORK, other, name="second"),
            *(
                Declared(
                    _PEERING,
                    {
                        "resourceGroupName": GROUP_NAME,
                        "virtualNetworkName": network,
                        "virtualNetworkPeeringName": "to-hub",
                        "remoteVirtualNetwork": {"id": hub},
                    },
                    name,
                    depends_on=(near,),
                )
                for network, name, near in (
                    ("vnet-ml-dev", "first-peering", "first"),
                    ("vnet-other", "subject", "second"),
                )
            ),
        )
    )


RULE = Rule(
    id="NET030",
    service="Virtual network",
    title="peered networks, and spokes of one hub, have addresses apart",
    applies_to=(_PEERING,),
    status=400,
    code="VnetAddressSpaceOverlapsWithAlreadyPeeredVnet",
    source="learn.microsoft.com azure/virtual-network/virtual-network-manage-peering (requirements and constraints)",
    check=_check,
    trips=_case("10.20.128.0/20"),
    passes=_case("10.30.0.0/16"),
)
