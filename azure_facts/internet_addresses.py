"""IPv4 addresses that no request from the internet comes from."""

from __future__ import annotations

import datetime
import ipaddress

from azure_facts.source import Source

SPECIAL_PURPOSE = Source(
    "RFC 6890 (IANA IPv4 special-purpose address registry), RFC 5771 (multicast)", datetime.date(2026, 11, 30)
)

PRIVATE = tuple(ipaddress.IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
"""RFC 1918."""

_NEVER_CALLING = tuple(
    ipaddress.IPv4Network(text)
    for text in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""This network, private, shared, loopback, link-local, multicast and reserved addresses. Ranges for documentation
(203.0.113.0/24) are none of them: they are examples, to be replaced by real addresses."""


def private_range(network: ipaddress.IPv4Network) -> ipaddress.IPv4Network | None:
    """The private range that `network` lies in; None for any other."""
    return next((taken for taken in PRIVATE if network.subnet_of(taken)), None)


def never_calling(network: ipaddress.IPv4Network) -> ipaddress.IPv4Network | None:
    """The range, all of which no request from the internet has, that `network` lies in; None for any other."""
    return next((taken for taken in _NEVER_CALLING if network.subnet_of(taken)), None)
