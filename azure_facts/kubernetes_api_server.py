"""What AKS asks of the addresses that may reach a public API server, and of a private one's DNS zone."""

from __future__ import annotations

import datetime
import ipaddress
import re
from collections.abc import Sequence

from azure_facts.internet_addresses import never_calling
from azure_facts.private_link import sub_resource
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)

NOBODY = "0.0.0.0/32"
"""Lets in nobody but the cluster's own nodes."""

MOST_AUTHORIZED_RANGES = 200

AUTHORIZED_RANGES_SOURCE = Source(
    "learn.microsoft.com azure/aks/api-server-authorized-ip-ranges; Azure/azure-cli command_modules/acs/_validators.py "
    "validate_ip_ranges; Azure/azure-cli-extensions issue 1764; Azure/terraform-azurerm-aks issue 378",
    _READ,
)


def authorized_range_problem(text: str, beside: Sequence[str]) -> str | None:
    """What is wrong with one authorised range of a list; None where nothing is."""
    if text in (NOBODY, NOBODY.removesuffix("/32")):
        return (
            f"{text} means nobody but the nodes, and must be the only entry: remove it, or the others"
            if len(beside) > 1
            else None
        )
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return f"'{text}' is no IPv4 address or CIDR range; use one"
    if not isinstance(network, ipaddress.IPv4Network):
        return f"{text} is an IPv6 range; use IPv4"
    private = never_calling(network)
    if private is not None:
        return f"{text} is in {private}, which a public API server never sees; use the address that traffic leaves from"
    return None


API_ZONE_SOURCE = Source(
    "learn.microsoft.com azure/aks/private-clusters (configuration options for private DNS); Azure/AKS issue 3470",
    _READ,
)


TRUSTED_ACCESS = Source(
    "learn.microsoft.com azure/aks/trusted-access-feature (by the Azure back end, to private clusters and past "
    "authorised ranges)",
    _READ,
)


def api_zone(region: str) -> str:
    """The private DNS zone of the API servers of a region's private clusters."""
    return sub_resource("Microsoft.ContainerService/managedClusters", "management").zones_in(region)[0]


def is_api_zone(name: str, region: str) -> bool:
    """Whether a private cluster of the region may use a zone of this name: the region's own, or a part of it (32
    characters at most); `private.` in place of `privatelink.` is for API servers in the network itself."""
    return bool(
        re.fullmatch(
            rf"([a-z0-9-]{{1,32}}\.)?private(link)?\.{re.escape(region)}\.azmk8s\.io", name, re.IGNORECASE
        )
    )
