"""Where this runs: one of the places that promises name, found by this machine's own address or said with `--from`."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from infra.verify.promise import Origin, Place

INTERNET = "internet"
_NOBODY = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737): connecting a datagram socket sends nothing."""

Addresses = Callable[[], tuple[str, ...]]
"""This machine's own addresses, as it calls from them."""


class At(Enum):
    """Where somebody is, seen from a promise's origin."""

    THERE = "there"
    OUTSIDE = "on the internet, and not known to be in the ranges of addresses that the origin is"
    """What is open from there is open to the ranges too; what is closed may be open to them."""
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Here:
    """`key`: a place's name, or the ARM id that was given with `--from`. `why`: how that is known."""

    key: str
    why: str
    place: Place | None = None

    def at(self, origin: Origin, places: Mapping[str, Place]) -> At:
        """Whether a promise's origin is here. Who is on the internet anywhere is at each place that is open to all."""
        if origin.kind != "place":
            given = self.key.lower()
            named = (origin.id.lower(), f"{origin.id}:{origin.plane}".lower())
            return At.THERE if given in named else At.ELSEWHERE
        if origin.id == self.key:
            return At.THERE
        asked = places[origin.id]
        if asked.is_network or self.place is None or self.place.is_network:
            return At.ELSEWHERE
        return At.OUTSIDE if asked.ranges else At.THERE

    def __str__(self) -> str:
        return f"{self.key.rpartition('/')[2]}, {self.why}"


def known(places: Mapping[str, Place]) -> Mapping[str, Place]:
    """The promises' places, and the internet, which is there whether somebody is promised something from it or not."""
    return {INTERNET: Place(INTERNET, is_network=False), **places}


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
        return Here(said, "as --from says", known(places).get(said))
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
    why = f"as no network of the promises has this machine's address ({shown})"
    return Here(INTERNET, why, known(places)[INTERNET])
