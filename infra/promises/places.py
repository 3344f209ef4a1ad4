"""From where people and programs ask, as the network's settings say."""

from __future__ import annotations

from collections.abc import Mapping

from infra.foundation.private_link import PrivateLink, private_links
from infra.promises.promise import Origin, OriginKind
from infra.promises.site import Site
from infra.settings.network import PrivateNetwork, PublicNetwork

HUB = "hub"
NETWORK = "network"
OFFICE = "office"
INTERNET = "internet"
FRONT_END = "databricks-front-end"


def places(site: Site) -> Mapping[str, Mapping[str, object]]:
    """The output's `places`, by key."""
    network = site.settings.network
    found: dict[str, Mapping[str, object]] = {INTERNET: {"kind": "internet", "ranges": []}}
    if isinstance(network, PublicNetwork):
        if network.allowed_ip_ranges:
            found[OFFICE] = _internet(network.allowed_ip_ranges, "network.allowed_ip_ranges")
        return found
    found[NETWORK] = {
        "kind": "network",
        "network": site.virtual_network,
        "ranges": [network.address_space] if network.address_space else [],
        "resolves": _zones_of_others(site, network),
        "peered_back": True,
        "source": "network.existing" if network.existing else "network.address_space",
    }
    if network.hub:
        found[HUB] = {
            "kind": "network",
            "network": network.hub.virtual_network_id,
            "ranges": list(network.hub.address_space),
            "resolves": _zones_of_others(site, network),
            "peered_back": network.hub.peering_back is not None,
            "source": "network.hub",
        }
    ranges = site.settings.databricks.front_end_ip_ranges if site.settings.databricks else []
    if ranges:
        found[FRONT_END] = _internet(ranges, "databricks.front_end_ip_ranges")
    return found


def _internet(ranges: list[str], source: str) -> Mapping[str, object]:
    return {"kind": "internet", "ranges": list(ranges), "source": source}


def _zones_of_others(site: Site, network: PrivateNetwork) -> list[str]:
    """Zones that the hub's owner has, and links to both networks. Those of this stack are declared, links included."""
    links = set(private_links(site.settings)) if network.private_dns_zones.resource_group_id else set()
    if network.private_link_scope_id:
        # Its names are where its endpoint was made.
        links.add(PrivateLink.AZURE_MONITOR)
    region = site.settings.azure.location
    return sorted({zone for link in links for zone in link.value.zones_in(region)})


def people(site: Site) -> Origin:
    """Where people sit, and runners: in the hub, else in the network itself; in public mode in the office, where one is
    listed, else anywhere."""
    network = site.settings.network
    if isinstance(network, PublicNetwork):
        return Origin.place(OFFICE if network.allowed_ip_ranges else INTERNET)
    return Origin.place(HUB if network.hub else NETWORK)


def visitors(site: Site) -> Origin:
    """Where people open apps and score from: anywhere, where services answer in public."""
    return Origin.place(INTERNET) if site.private is None else people(site)


def reaches_vaults(site: Site) -> bool:
    """A vault answers listed addresses only: without any, nobody but Azure's own services."""
    network = site.settings.network
    return not isinstance(network, PublicNetwork) or bool(network.allowed_ip_ranges)


def ml_compute(site: Site) -> Origin:
    """Where training jobs run."""
    return Origin(OriginKind.MANAGED_NETWORK, site.ml_workspace)


def cluster_nodes(site: Site) -> Origin:
    """Where clusters of Databricks run."""
    return Origin(OriginKind.DATABRICKS, site.databricks, "classic")


def kubernetes(site: Site) -> Origin:
    """Where models are served on a cluster."""
    return Origin(OriginKind.KUBERNETES, site.kubernetes)
