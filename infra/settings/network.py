"""How the services can be reached."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from typing_extensions import override

from infra.settings.base import AddressRange, LoadingContext, Problem, SettingsModel

PRIVATE_RANGES = tuple(
    ipaddress.ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
"""RFC 1918."""


class PublicNetwork(SettingsModel):
    """Public endpoints, callers known by Entra only; the vault answers listed addresses only.

    Storage and the container registry stay open to addresses in this mode: their callers, clusters in
    networks that Databricks, Azure ML and AKS manage, come from addresses that nobody can list.
    """

    mode: Literal["public"]
    allowed_ip_ranges: list[AddressRange] = []
    """IPv4 ranges (CIDR) of offices and runners that Key Vault's firewall lets in, besides Azure's own
    trusted services."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        networks = [ipaddress.ip_network(text) for text in self.allowed_ip_ranges]
        for first, second in combinations(networks, 2):
            if first.overlaps(second):
                yield Problem(
                    "allowed_ip_ranges",
                    f"{first} and {second} overlap; keep the wider one or make them apart",
                )
        for network in networks:
            if any(network.overlaps(private) for private in PRIVATE_RANGES):
                yield Problem(
                    "allowed_ip_ranges",
                    f"{network} is a private range, which a public firewall never sees; give the public "
                    "address range that your traffic leaves from",
                )


Network = PublicNetwork
