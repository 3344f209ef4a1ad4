"""A private API server's name resolves where the people are who use it."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.kubernetes_api_server import API_ZONE_SOURCE
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP, GROUP_NAME
from rehearsal.rules.examples import declare
from rehearsal.rules.kubernetes.cluster_network import PROFILE, subnets, virtual_network_of
from rehearsal.rules.rule import Case, Declared, Ref, Rule, Violation

_PATH = "apiServerAccessProfile.privateDNSZone"
_PEERING = "azure-native:network:VirtualNetworkPeering"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    """AKS's own zone is linked to the nodes' network and to no other. Callers in a peered network do not get
    it."""
    profile = "apiServerAccessProfile"
    if resource.value(f"{profile}.enablePrivateCluster") is not True or resource.is_unknown(_PATH):
        return
    if (
        resource.text(_PATH).lower() not in ("", "system")
        or resource.value(f"{profile}.enablePrivateClusterPublicFQDN") is not False
    ):
        return
    networks = {virtual_network_of(subnet) for subnet in subnets(resource, world)}
    for peering in world.of_types((_PEERING,)):
        if peering.id.lower().rpartition("/virtualnetworkpeerings/")[0] in networks:
            yield Violation(
                _PATH,
                f"'system' resolves in the nodes' network only, and {peering.urn} brings callers from another; give a "
                "zone of yours that is linked there, or keep the public name",
            )
            return


def _case(*, public_name: bool) -> Case:
    cluster = {
        "agentPoolProfiles[0].vnetSubnetID": Ref("subnet"),
        "apiServerAccessProfile": {
            "enablePrivateCluster": True,
            "privateDNSZone": "system",
            "enablePrivateClusterPublicFQDN": public_name,
        },
        f"{PROFILE}.serviceCidr": "10.96.0.0/16",
        f"{PROFILE}.dnsServiceIP": "10.96.0.10",
    }
    peering = {
        "resourceGroupName": GROUP_NAME,
        "virtualNetworkName": "vnet-ml-dev",
        "virtualNetworkPeeringName": "to-hub",
        "remoteVirtualNetwork": {"id": f"{GROUP}/providers/Microsoft.Network/virtualNetworks/vnet-hub"},
    }
    return Case(
        (
            declare(tokens.VIRTUAL_NETWORK, name="network"),
            declare(tokens.SUBNET, name="subnet", depends_on=("network",)),
            Declared(_PEERING, peering, "peering", depends_on=("network",)),
            declare(tokens.AKS, cluster, depends_on=("subnet",)),
        )
    )


RULE = Rule(
    id="AKS211",
    service="AKS",
    title="a private API server's name resolves in peered networks",
    applies_to=(tokens.AKS,),
    status=0,
    code="",
    source=str(API_ZONE_SOURCE),
    check=_check,
    trips=_case(public_name=False),
    passes=_case(public_name=True),
    severity=Severity.WARNING,
)
