"""Where this runs: one of the places that promises name, found by this machine's own address or said with `--from`."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from infra.verify.promise import Origin, Place

INTERNET = "internet"
_NOBODY = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737): connecting a datagram socket sends nothing."""

Addresses = Callable[[], tuple[str, ...]]
"""This machine's own addresses, as it calls from them."""


@dataclass(frozen=True)
class Here:
    """`key`: a place's name, or the ARM id that was given with `--from`. `why`: how that is known."""

    key: str
    why: str
    place: Place | None = None

    def is_at(self, origin: Origin, places: Mapping[str, Place]) -> bool:
        """Whether a promise's origin is here. Who is on the internet anywhere is at each place that is open to all."""
        if origin.kind != "place":
            given = self.key.lower()
            return given in (origin.id.lower(), f"{origin.id}:{origin.plane}".lower())
        if origin.id == self.key:
            return True
        asked = places[origin.id]
        at_large = self.place is None or not self.place.is_network
        return at_large and not asked.is_network and not asked.ranges and not self.key.startswith("/")

    def __str__(self) -> str:
        return f"{self.key.rpartition('/')[2]}, {self.why}"


def own_addresses() -> tuple[str, ...]:
    """The address that requests leave from, before anybody translates it; none without a network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_NOBODY)
        except OSError:
            return ()
        return (str(probe.getsockname()[0]),)


def find(places: Mapping[str, Place], said: str = "", addresses: Addresses = own_addresses) -> Here:
    """The place that is said, else the network in whose ranges this machine's address is, the narrowest first, else the
    internet."""
    if said:
        return Here(said, "as --from says", places.get(said))
    own = [ipaddress.ip_address(text) for text in addresses()]
    inside = [
        (reach.prefixlen, place, address)
        for place in places.values()
        if place.is_network
        for reach in place.ranges
        for address in own
        if address in reach
    ]
    if inside:
        _, place, address = max(inside, key=lambda found: found[0])
        return Here(place.name, f"as this machine's address {address} is in its ranges", place)
    shown = ", ".join(str(address) for address in own) or "none"
    named = places.get(INTERNET)
    return Here(
        INTERNET,
        f"as this machine's address ({shown}) is in the ranges of no network that promises name",
        named,
    )
