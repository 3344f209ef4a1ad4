"""The declared network: the question that promises and requirements ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from rehearsal.model.world import World
from rehearsal.reachability.model import Door, Place, Road, unsure

_NO_PLACES: Mapping[str, Place] = MappingProxyType({})


class Network:
    """What a program declares, and the places outside it as its settings say."""

    def __init__(self, world: World, places: Mapping[str, Place]) -> None:
        self._world = world
        self._places = places

    @classmethod
    def of(cls, world: World, places: Mapping[str, Place] = _NO_PLACES) -> Network:
        """The network of a rehearsed program. `places`: what stands outside, by name."""
        return cls(world, places)

    def road(self, place: Place, door: Door) -> Road:
        """Whether `place` reaches `door`, and how."""
        return unsure(f"no road from {place} to {door} is known")
