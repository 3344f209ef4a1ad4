"""Names that the hub resolves: the API server's and the router's."""

from __future__ import annotations

from typing import Any

from tests.infra.platforms import rehearse_patched, resources_in, resources_of

HUB = (
    "/subscriptions/55555555-5555-5555-5555-555555555555/resourceGroups/rg-hub-weu/providers/Microsoft.Network"
    "/virtualNetworks/vnet-hub-weu"
)


def named(platform: str, name: str) -> dict[str, Any]:
    (found,) = [
        item
        for item in resources_of(platform)
        if item["name"] == name and item["type"].startswith("azure-native:")
    ]
    return found


def test_the_api_server_has_a_zone_of_its_own_that_the_hub_resolves() -> None:
    zone = named("prod", "api-server-zone")
    assert zone["inputs"]["privateZoneName"] == "forecast-prod.privatelink.westeurope.azmk8s.io"
    link = named("prod", "api-server-zone-hub")["inputs"]
    assert (link["privateZoneName"], link["virtualNetwork"]["id"]) == (zone["inputs"]["privateZoneName"], HUB)
    cluster = named("prod", "aks")
    assert cluster["inputs"]["apiServerAccessProfile"]["privateDNSZone"] == zone["id"]


def test_the_cluster_waits_for_its_roles_on_the_zone_and_the_network() -> None:
    awaited = {urn.rpartition("::")[2] for urn in named("prod", "aks")["dependencies"]}
    assert awaited >= {
        "aks-identity-private-dns-zone-contributor-aks-api-zone",
        "aks-identity-network-contributor-aks-network",
    }


def test_the_certificates_name_resolves_to_the_router_in_both_networks() -> None:
    assert named("prod", "router-zone")["inputs"]["privateZoneName"] == "scoring.example.com"
    assert named("prod", "router-record")["inputs"]["aRecords"] == [{"ipv4Address": "10.40.6.20"}]
    linked = {
        named("prod", f"router-zone-{network}")["inputs"]["virtualNetwork"]["id"]
        for network in ("own", "hub")
    }
    assert HUB in linked
    assert len(linked) == 2


def test_without_a_hub_the_name_is_aks_own() -> None:
    cluster = named("private-all", "aks")["inputs"]
    assert cluster["apiServerAccessProfile"]["privateDNSZone"] == "system"
    assert not [item for item in resources_of("private-all") if item["name"].startswith("api-server-zone")]


def test_zones_of_a_stack_of_its_own_are_linked_with_the_hub_where_that_is_asked_for() -> None:
    zones = {"network": {"private_dns_zones": {"resource_group_id": None, "hub_links": True}}}
    rehearsal = rehearse_patched(zones, base="prod", stack="prod")
    assert rehearsal.ok, rehearsal.refusals
    linked: dict[str, set[str]] = {}
    for item in resources_in(rehearsal):
        if item["type"] == "azure-native:privatedns:VirtualNetworkLink":
            name, network = item["inputs"]["privateZoneName"], item["inputs"]["virtualNetwork"]["id"]
            linked.setdefault(name, set()).add(network)
    private_links = {name: networks for name, networks in linked.items() if name.startswith("privatelink.")}
    assert "privatelink.blob.core.windows.net" in private_links
    assert all(HUB in networks and len(networks) == 2 for networks in private_links.values())
