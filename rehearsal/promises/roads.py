"""Which roads are open at all: from every known place to every door of what a program declares.

A promise says that a road must be there; a road that nobody asked for is as much worth knowing, most of all where a
change opens it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from azure_facts.actions import ACTIONS
from azure_facts.arm_id_parsing import arm_type_of, levels
from azure_facts.private_link import sub_resources, usual_group
from rehearsal.model.promised import OpenRoad
from rehearsal.model.world import World
from rehearsal.promises.answers import Answers, usual_door
from rehearsal.reachability.model import Door, Place, PlaceKind, Verdict
from rehearsal.reachability.network import Network
from rehearsal.rules import tokens

ANYWHERE = Place(PlaceKind.INTERNET, name="anywhere on the internet")
_WITHOUT_GROUPS = (tokens.ML_ONLINE_ENDPOINT, "azure-native:app:ContainerApp")
"""Types that are called although private link has no sub-resource for them."""


def open_roads(world: World, network: Network, answers: Answers) -> tuple[OpenRoad, ...]:
    """Sorted, each once: from the program's places and from anywhere, to each sub-resource of what it declares.
    `promised` where a promise or requirement asks for it."""
    asked = set(_asked(answers))
    doors = list(_doors(world))
    return tuple(
        sorted(
            OpenRoad(str(place), str(door), (_key(place), door.target.lower(), door.group) in asked)
            for place in _places(answers)
            for door in doors
            if network.road(place, door).verdict is Verdict.OPEN
        )
    )


def _places(answers: Answers) -> Iterator[Place]:
    named = tuple(answers.promises.places.values()) if answers.promises else ()
    if not any(place.kind is PlaceKind.INTERNET and not place.ranges for place in named):
        yield ANYWHERE
    yield from named


def _doors(world: World) -> Iterator[Door]:
    for resource in world.resources:
        if resource.custom and not resource.external and resource.id.startswith("/"):
            for sub in sub_resources(arm_type_of(resource.id)):
                # The paired region's copy answers as the account itself does.
                if not sub.group.endswith("_secondary"):
                    yield Door(resource.id, sub.group)
            if resource.type in _WITHOUT_GROUPS:
                yield Door(resource.id)


def _asked(answers: Answers) -> Iterator[tuple[Place, str, str]]:
    """Place, door's resource and group of every question."""
    for answer in answers.answers:
        ask = answer.ask
        door = ask.door or usual_door(ACTIONS[ask.does], ask.on)
        if door is not None and door.target:
            for service in _services(door.target):
                group = door.group or usual_group(arm_type_of(service))
                yield _key(ask.place), service.lower(), group


def _services(target: str) -> Iterable[str]:
    """The object and what it lies in: a container's account answers for it."""
    arm_id = target.rpartition("@")[2]
    return (arm_id[: len(level)] for level in levels(arm_id))


def _key(place: Place) -> Place:
    """One place, however it is called for readers."""
    return replace(place, id=place.id.lower(), name="" if place.id else place.name, setting="")
