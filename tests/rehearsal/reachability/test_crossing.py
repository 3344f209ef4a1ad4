"""From one private address to another: both sides of a peering, security groups at both ends, routes on the way."""

from __future__ import annotations

import pytest

from rehearsal.model.resource import Resource
from rehearsal.reachability.declared import SECURITY_RULE
from rehearsal.reachability.model import Place, PlaceKind, Verdict
from rehearsal.rules import tokens
from tests.rehearsal.reachability.estates import (
    BLOBS,
    HUB_NETWORK,
    NETWORKS,
    VNET,
    declare,
    guarded,
    hub,
    in_subnet,
    link,
    network,
    peering,
    private_account,
    relied_on,
    road,
    security_group,
    security_rule,
    subnet,
    zone,
)

OTHER = network("other", {"addressSpace": {"addressPrefixes": ["10.2.0.0/16"]}})


def with_other(*more: Resource) -> tuple[Resource, ...]:
    """The private account, and another network that resolves its name."""
    return (
        *private_account(),
        OTHER,
        subnet(range_="10.2.0.0/24", of="other"),
        link(zone(), OTHER.id),
        *more,
    )


def without(name: str, *instead: Resource) -> tuple[Resource, ...]:
    """The private account with another resource in place of the one of this name."""
    return (*(one for one in private_account() if one.name != name), *instead)


def test_a_peering_needs_both_sides() -> None:
    both = (peering(VNET.id, OTHER.id), peering(OTHER.id, VNET.id))
    found = road(in_subnet(of="other"), BLOBS, *with_other(*both))
    assert found.verdict is Verdict.OPEN
    assert {"peering-vnet", "peering-other"} <= set(relied_on(found))
    for one in both:
        assert road(in_subnet(of="other"), BLOBS, *with_other(one)).verdict is Verdict.CLOSED
    assert road(in_subnet(of="other"), BLOBS, *with_other()).verdict is Verdict.CLOSED


def test_a_peering_that_lets_no_traffic_through_is_none() -> None:
    shut = peering(VNET.id, OTHER.id, {"allowVirtualNetworkAccess": False})
    found = road(in_subnet(of="other"), BLOBS, *with_other(shut, peering(OTHER.id, VNET.id)))
    assert found.verdict is Verdict.CLOSED
    assert "allowVirtualNetworkAccess" in found.missing


def test_a_peering_inside_its_network_counts_as_one_beside_it() -> None:
    inside = {"virtualNetworkPeerings": [{"name": "to-other", "remoteVirtualNetwork": {"id": OTHER.id}}]}
    resources = [one for one in with_other(peering(OTHER.id, VNET.id)) if one.name != "vnet"]
    assert road(in_subnet(of="other"), BLOBS, network(given=inside), *resources).verdict is Verdict.OPEN


def test_peering_is_not_transitive() -> None:
    """Both are peered with the hub, and not with each other."""
    spokes = (peering(VNET.id, HUB_NETWORK), peering(OTHER.id, HUB_NETWORK))
    found = road(in_subnet(of="other"), BLOBS, *with_other(*spokes), places=(hub(),))
    assert found.verdict is Verdict.CLOSED
    assert "other is not peered with vnet" in found.missing


def test_the_hub_peers_back_as_the_settings_say() -> None:
    ours = peering(VNET.id, HUB_NETWORK)
    resources = (*private_account(), link(zone(), HUB_NETWORK), ours)
    back = hub()
    found = road(back, BLOBS, *resources, places=(back,))
    assert found.verdict is Verdict.OPEN
    assert any(hop.taken for hop in found.hops)
    lone = hub(peered_back=False)
    closed = road(lone, BLOBS, *resources, places=(lone,))
    assert closed.verdict is Verdict.CLOSED
    assert closed.setting == "network.hub"


def test_a_peering_back_that_the_program_reads_is_there() -> None:
    back = declare(
        "azure-native:network:VirtualNetworkPeering", f"{HUB_NETWORK}/virtualNetworkPeerings/back", read=True
    )
    lone = hub(peered_back=False)
    resources = (*private_account(), link(zone(), HUB_NETWORK), peering(VNET.id, HUB_NETWORK), back)
    found = road(lone, BLOBS, *resources, places=(lone,))
    assert found.verdict is Verdict.OPEN
    assert "back" in relied_on(found)


def test_nobody_comes_from_the_internet_into_a_network() -> None:
    stranger = Place(PlaceKind.INTERNET, name="the internet")
    assert road(stranger, BLOBS, *private_account()).verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("rules", "verdict"),
    [
        ([], Verdict.OPEN),
        ([security_rule("Outbound", "Deny")], Verdict.CLOSED),
        ([security_rule("Inbound", "Deny")], Verdict.OPEN),
        ([security_rule("Outbound", "Deny", destinationPortRange="22")], Verdict.OPEN),
        ([security_rule("Outbound", "Deny", destinationPortRange="400-500")], Verdict.CLOSED),
        (
            [security_rule("Outbound", "Deny", destinationPortRange="", destinationPortRanges=["80", "443"])],
            Verdict.CLOSED,
        ),
        ([security_rule("Outbound", "Deny", protocol="Udp")], Verdict.OPEN),
        ([security_rule("Outbound", "Deny", destinationAddressPrefix="Internet")], Verdict.OPEN),
        ([security_rule("Outbound", "Deny", destinationAddressPrefix="VirtualNetwork")], Verdict.CLOSED),
        ([security_rule("Outbound", "Deny", destinationAddressPrefix="10.1.8.0/24")], Verdict.CLOSED),
        ([security_rule("Outbound", "Deny", destinationAddressPrefix="10.1.9.0/24")], Verdict.OPEN),
        ([security_rule("Outbound", "Deny", destinationAddressPrefix="10.1.8.4")], Verdict.UNKNOWN),
        ([security_rule("Outbound", "Deny", destinationAddressPrefix="Storage")], Verdict.OPEN),
        (
            [security_rule("Outbound", "Deny", destinationApplicationSecurityGroups=[{"id": "x"}])],
            Verdict.UNKNOWN,
        ),
        ([security_rule("Outbound", "Allow"), security_rule("Outbound", "Deny", 200)], Verdict.OPEN),
        ([security_rule("Outbound", "Allow", 200), security_rule("Outbound", "Deny", 100)], Verdict.CLOSED),
    ],
)
def test_the_first_rule_that_matches_decides(rules: list[dict[str, object]], verdict: Verdict) -> None:
    group = security_group("nsg", *rules)
    found = road(in_subnet(), BLOBS, *without("nodes", group, subnet(given=guarded(group))))
    assert found.verdict is verdict
    assert "nsg" in relied_on(found)


def test_a_rule_beside_its_group_counts_as_much() -> None:
    group = security_group("nsg")
    beside = declare(SECURITY_RULE, f"{group.id}/securityRules/deny", security_rule("Outbound", "Deny"))
    found = road(in_subnet(), BLOBS, *without("nodes", group, beside, subnet(given=guarded(group))))
    assert found.verdict is Verdict.CLOSED


@pytest.mark.parametrize(
    ("policies", "verdict"),
    [
        ("Disabled", Verdict.OPEN),
        ("RouteTableEnabled", Verdict.OPEN),
        ("NetworkSecurityGroupEnabled", Verdict.CLOSED),
        ("Enabled", Verdict.CLOSED),
    ],
)
def test_a_group_bears_on_endpoints_where_the_subnets_policies_say_so(
    policies: str, verdict: Verdict
) -> None:
    group = security_group("nsg", security_rule("Inbound", "Deny"))
    there = subnet("endpoints", "10.1.8.0/24", {**guarded(group), "privateEndpointNetworkPolicies": policies})
    assert road(in_subnet(), BLOBS, *without("endpoints", group, there)).verdict is verdict


def test_a_group_of_somebody_else_is_unknown() -> None:
    given = {"networkSecurityGroup": {"id": f"{NETWORKS}/networkSecurityGroups/theirs"}}
    assert road(in_subnet(), BLOBS, *without("nodes", subnet(given=given))).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("prefix", "hop", "policies", "verdict"),
    [
        ("0.0.0.0/0", "VirtualAppliance", "Enabled", Verdict.OPEN),
        ("10.1.0.0/16", "VirtualAppliance", "Disabled", Verdict.OPEN),
        ("10.1.0.0/16", "VirtualAppliance", "Enabled", Verdict.UNKNOWN),
        ("10.1.0.0/16", "None", "Enabled", Verdict.CLOSED),
        ("10.1.0.0/16", "VnetLocal", "Enabled", Verdict.OPEN),
        ("10.7.0.0/16", "None", "Enabled", Verdict.OPEN),
    ],
)
def test_a_route_takes_endpoints_away_where_the_subnets_policies_say_so(
    prefix: str, hop: str, policies: str, verdict: Verdict
) -> None:
    routes = [{"name": "out", "addressPrefix": prefix, "nextHopType": hop}]
    table = declare(tokens.ROUTE_TABLE, f"{NETWORKS}/routeTables/rt", {"routes": routes})
    resources = [one for one in private_account() if one.name not in ("nodes", "endpoints")]
    nodes = subnet(given={"routeTable": {"id": table.id}})
    there = subnet("endpoints", "10.1.8.0/24", {"privateEndpointNetworkPolicies": policies})
    assert road(in_subnet(), BLOBS, *resources, table, nodes, there).verdict is verdict


def test_a_subnet_inside_its_network_counts_as_one_beside_it() -> None:
    group = security_group("nsg", security_rule("Outbound", "Deny"))
    whole = network(given={"subnets": [{"name": "nodes", "addressPrefix": "10.1.0.0/24", **guarded(group)}]})
    resources = [one for one in private_account() if one.name not in ("vnet", "nodes")]
    assert road(in_subnet(), BLOBS, whole, group, *resources).verdict is Verdict.CLOSED


def test_an_endpoint_asked_for_by_hand_waits_for_its_owner() -> None:
    resources = [one for one in private_account() if one.name != "pep-blob"]
    asked = declare(
        tokens.PRIVATE_ENDPOINT,
        f"{NETWORKS}/privateEndpoints/pep-blob",
        {
            "subnet": {"id": f"{VNET.id}/subnets/endpoints"},
            "manualPrivateLinkServiceConnections": [
                {"privateLinkServiceId": BLOBS.target, "groupIds": ["blob"]}
            ],
        },
    )
    found = road(in_subnet(), BLOBS, *resources, asked)
    assert found.verdict is Verdict.OPEN
    assert [hop.what for hop in found.hops if hop.taken] == ["the target's owner approves it"]
