"""Which address ranges AKS and Container Apps keep for themselves, and what they ask of those that they are given."""

from __future__ import annotations

import datetime
import ipaddress
from collections.abc import Iterable

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)


def _ranges(*texts: str) -> tuple[ipaddress.IPv4Network, ...]:
    return tuple(ipaddress.IPv4Network(text) for text in texts)


AKS_RESERVED = _ranges("169.254.0.0/16", "172.30.0.0/16", "172.31.0.0/16", "192.0.2.0/24")
"""Of services, pods and the cluster's virtual network, in every network mode."""
AKS_RESERVED_SOURCE = Source(
    "learn.microsoft.com azure/aks/concepts-network-cni-overview (prerequisites); Azure/AKS issue 2234", _READ
)

MADE_NETWORK = ipaddress.IPv4Network("10.224.0.0/12")
"""The address space of the network that AKS makes in the node resource group where pools name no subnet."""
MADE_NETWORK_SOURCE = Source(
    "learn.microsoft.com azure/aks/concepts-network-ip-address-planning (nothing on or connected to the network may "
    "use the service range); the space as `az network vnet show` gives it of such clusters; no page was found",
    _READ,
)

CONTAINER_APPS_RESERVED = _ranges(
    "100.100.0.0/17", "100.100.128.0/19", "100.100.160.0/19", "100.100.192.0/19"
)
"""Of an environment with workload profiles, besides the ranges of AKS, on which Container Apps runs."""
CONTAINER_APPS_SOURCE = Source(
    "learn.microsoft.com azure/container-apps/custom-virtual-networks (subnet address range restrictions)",
    _READ,
)

SHORTEST_SERVICE_PREFIX = 13
"""The service range must be smaller than a /12 (learn.microsoft.com azure/aks/concepts-network-ip-address-planning)."""

POD_PREFIX_OF_A_NODE = 24
"""With overlay networking every node takes a /24 of the pod range, whatever its number of pods (the same page)."""


def reserved_in(
    network: ipaddress.IPv4Network, reserved: Iterable[ipaddress.IPv4Network] = AKS_RESERVED
) -> ipaddress.IPv4Network | None:
    """The first of the reserved ranges that `network` overlaps, None where it is free to use."""
    return next((taken for taken in reserved if taken.overlaps(network)), None)


def nodes_that_fit(pods: ipaddress.IPv4Network) -> int:
    """How many nodes a pod range has a /24 for."""
    return 2 ** (POD_PREFIX_OF_A_NODE - pods.prefixlen) if pods.prefixlen <= POD_PREFIX_OF_A_NODE else 0
