"""The place of machines in a network."""

from __future__ import annotations

from dataclasses import dataclass

from rehearsal.reachability.declared import Declared
from rehearsal.reachability.parts import Subnet, ranges
from rehearsal.reachability.security_groups import Side


@dataclass(frozen=True)
class Standing:
    """Where the asking machines stand: a network, and the subnets in it that are known."""

    network: str
    subnets: tuple[Subnet, ...] = ()

    def side(self, declared: Declared) -> Side:
        """How a security group sees them."""
        known = [one for subnet in self.subnets for one in subnet.ranges]
        place = declared.places.get(self.network)
        return Side(private=True, ranges=(*known, *(ranges(place.ranges) if place and not known else ())))
