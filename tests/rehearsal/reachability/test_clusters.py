"""API servers and scoring routers of clusters."""

from __future__ import annotations

import pytest

from azure_facts.ml_extension import EXTENSION_TYPE
from rehearsal.model.resource import Resource
from rehearsal.reachability.model import Door, Place, PlaceKind, Verdict
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_ID, CLUSTER_NAME, ML_WORKSPACE_ID
from tests.rehearsal.reachability.estates import (
    HUB_NETWORK,
    INTERNET,
    NETWORKS,
    NOTHING,
    OFFICE,
    VNET,
    Given,
    declare,
    guarded,
    hub,
    in_subnet,
    link,
    peering,
    record,
    relied_on,
    road,
    security_group,
    security_rule,
    subnet,
    zone,
)

API = Door(CLUSTER_ID, "management")
POOL = {"name": "system", "vnetSubnetID": f"{VNET.id}/subnets/nodes"}
API_ZONE = zone("privatelink.westeurope.azmk8s.io")
WITH_HUB = (
    VNET,
    subnet(),
    peering(VNET.id, HUB_NETWORK),
    declare(
        "azure-native:network:VirtualNetworkPeering", f"{HUB_NETWORK}/virtualNetworkPeerings/back", read=True
    ),
)


def cluster(profile: Given = NOTHING, *, in_network: bool = True) -> Resource:
    """A cluster and how its API server answers."""
    pools = [POOL] if in_network else [{"name": "system"}]
    return declare(
        tokens.AKS, CLUSTER_ID, {"agentPoolProfiles": pools, "apiServerAccessProfile": dict(profile)}
    )


@pytest.mark.parametrize(
    ("ranges", "place", "verdict"),
    [
        ([], INTERNET, Verdict.OPEN),
        (["203.0.113.0/24"], OFFICE, Verdict.OPEN),
        (["198.51.100.0/24"], OFFICE, Verdict.CLOSED),
        (["203.0.113.0/24"], INTERNET, Verdict.CLOSED),
        (["203.0.113.0/24"], Place(PlaceKind.KUBERNETES, CLUSTER_ID), Verdict.OPEN),
    ],
)
def test_a_public_api_server_lets_in_authorised_ranges(
    ranges: list[str], place: Place, verdict: Verdict
) -> None:
    assert road(place, API, cluster({"authorizedIPRanges": ranges}, in_network=False)).verdict is verdict


@pytest.mark.parametrize(
    ("profile", "links", "verdict"),
    [
        ({"privateDNSZone": "system", "enablePrivateClusterPublicFQDN": False}, (), Verdict.CLOSED),
        ({"privateDNSZone": "system"}, (), Verdict.OPEN),
        ({"privateDNSZone": "none"}, (), Verdict.OPEN),
        ({"privateDNSZone": API_ZONE.id, "enablePrivateClusterPublicFQDN": False}, (), Verdict.CLOSED),
        (
            {"privateDNSZone": API_ZONE.id, "enablePrivateClusterPublicFQDN": False},
            (link(API_ZONE, HUB_NETWORK),),
            Verdict.OPEN,
        ),
    ],
)
def test_a_private_api_server_has_a_name_where_its_zone_is_linked(
    profile: dict[str, object], links: tuple[Resource, ...], verdict: Verdict
) -> None:
    place = hub()
    private = cluster({"enablePrivateCluster": True, **profile})
    found = road(place, API, *WITH_HUB, private, API_ZONE, *links, places=(place,))
    assert found.verdict is verdict
    assert road(in_subnet(), API, *WITH_HUB, private, API_ZONE).verdict is Verdict.OPEN
    assert road(INTERNET, API, *WITH_HUB, private, API_ZONE).verdict is Verdict.CLOSED


def test_a_name_without_a_peering_leads_nowhere() -> None:
    place = hub(peered_back=False)
    private = cluster({"enablePrivateCluster": True})
    alone = (VNET, subnet(), peering(VNET.id, HUB_NETWORK))
    assert road(place, API, *alone, private, places=(place,)).verdict is Verdict.CLOSED


def test_trusted_access_leads_to_a_private_api_server() -> None:
    private = cluster({"enablePrivateCluster": True})
    workspace = declare(tokens.ML_WORKSPACE, ML_WORKSPACE_ID)
    place = Place(PlaceKind.SERVICE, ML_WORKSPACE_ID)
    binding = declare(
        tokens.TRUSTED_ACCESS,
        f"{CLUSTER_ID}/trustedAccessRoleBindings/ml",
        {"sourceResourceId": ML_WORKSPACE_ID},
    )
    assert road(place, API, *WITH_HUB, private, workspace).verdict is Verdict.CLOSED
    found = road(place, API, *WITH_HUB, private, workspace, binding)
    assert found.verdict is Verdict.OPEN
    assert "ml" in relied_on(found)


ENDPOINT = f"{ML_WORKSPACE_ID}/onlineEndpoints/demand"
SCORING = zone("scoring.example.com")


def serving(settings: Given, *, in_network: bool = True) -> tuple[Resource, ...]:
    """An online endpoint on the cluster, whose extension has these settings."""
    compute = {"properties": {"computeType": "Kubernetes", "resourceId": CLUSTER_ID}}
    extension = {
        "clusterName": CLUSTER_NAME,
        "extensionType": EXTENSION_TYPE,
        "configurationSettings": settings,
    }
    return (
        cluster(in_network=in_network),
        declare(tokens.ML_COMPUTE, f"{ML_WORKSPACE_ID}/computes/aks", compute),
        declare(tokens.EXTENSION, f"{CLUSTER_ID}/providers/x/extensions/azureml", extension),
        declare(
            tokens.ML_ONLINE_ENDPOINT,
            ENDPOINT,
            {"properties": {"compute": f"{ML_WORKSPACE_ID}/computes/aks"}},
        ),
    )


INTERNAL = {"internalLoadBalancerProvider": "azure"}
NAMED = {**INTERNAL, "sslCname": "scoring.example.com"}


def test_a_public_router_answers_everybody() -> None:
    found = road(INTERNET, Door(ENDPOINT), *serving({"sslCname": "scoring.example.com"}))
    assert found.verdict is Verdict.OPEN
    assert any(hop.taken for hop in found.hops)


def test_an_internal_router_answers_in_its_network() -> None:
    estate = (*WITH_HUB, *serving(INTERNAL))
    door = Door(ENDPOINT, port=80)
    assert road(in_subnet(), door, *estate).verdict is Verdict.OPEN
    assert road(INTERNET, door, *estate).verdict is Verdict.CLOSED
    assert road(Place(PlaceKind.KUBERNETES, CLUSTER_ID), door, *estate).verdict is Verdict.OPEN
    place = hub()
    assert road(place, door, *estate, places=(place,)).verdict is Verdict.OPEN


def test_an_internal_router_in_a_network_that_aks_makes_answers_nobody_else() -> None:
    estate = (*WITH_HUB, *serving(INTERNAL, in_network=False))
    found = road(in_subnet(), Door(ENDPOINT), *estate)
    assert found.verdict is Verdict.CLOSED
    assert "answers in the network of" in found.missing


def test_an_internal_router_in_a_network_of_somebody_else_answers_there() -> None:
    estate = serving(INTERNAL)
    assert road(in_subnet("apps"), Door(ENDPOINT), *estate).verdict is Verdict.OPEN
    assert road(in_subnet("apps", of="other"), Door(ENDPOINT), *estate).verdict is Verdict.UNKNOWN


def test_the_routers_name_must_resolve_where_somebody_asks() -> None:
    estate = (*WITH_HUB, *serving(NAMED), subnet("router", "10.1.6.0/24"))
    there = record(SCORING, "@", "10.1.6.20")
    resolved = (SCORING, there, link(SCORING, VNET.id))
    assert road(in_subnet(), Door(ENDPOINT), *estate, *resolved).verdict is Verdict.OPEN
    assert road(in_subnet(), Door(ENDPOINT), *estate).verdict is Verdict.UNKNOWN
    place = hub()
    assert road(place, Door(ENDPOINT), *estate, places=(place,)).verdict is Verdict.UNKNOWN
    unlinked = road(place, Door(ENDPOINT), *estate, *resolved, places=(place,))
    assert unlinked.verdict is Verdict.CLOSED
    assert "is not linked with vnet-hub" in unlinked.missing
    to_hub = link(SCORING, HUB_NETWORK)
    found = road(place, Door(ENDPOINT), *estate, *resolved, to_hub, places=(place,))
    assert found.verdict is Verdict.OPEN
    assert {"@", "scoring.example.com", "link-vnet-hub"} <= set(relied_on(found))


def test_the_nodes_security_group_bears_on_the_router() -> None:
    group = security_group("nsg", security_rule("Inbound", "Deny", destinationPortRange="80"))
    nodes = subnet(given=guarded(group))
    estate = (*(one for one in WITH_HUB if one.name != "nodes"), group, nodes, *serving(INTERNAL))
    callers = subnet("callers", "10.1.7.0/24")
    assert road(in_subnet("callers"), Door(ENDPOINT, port=80), *estate, callers).verdict is Verdict.CLOSED
    assert road(in_subnet("callers"), Door(ENDPOINT, port=443), *estate, callers).verdict is Verdict.OPEN


def test_a_router_that_nobody_declares_is_unknown() -> None:
    *others, endpoint = serving({})
    assert road(INTERNET, Door(ENDPOINT), endpoint).verdict is Verdict.UNKNOWN
    without_extension = [one for one in others if one.type != tokens.EXTENSION]
    assert road(INTERNET, Door(ENDPOINT), *without_extension, endpoint).verdict is Verdict.UNKNOWN


def test_resource_manager_answers_for_every_resource() -> None:
    door = Door(CLUSTER_ID, host="management.azure.com")
    private = cluster({"enablePrivateCluster": True})
    assert road(INTERNET, door, private).verdict is Verdict.OPEN
    group = Door(NETWORKS.partition("/providers/")[0], host="management.azure.com")
    assert road(OFFICE, group).verdict is Verdict.OPEN
