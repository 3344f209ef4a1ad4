"""Judging one rehearsed program: what it promises, and what its resources require."""

from __future__ import annotations

from dataclasses import dataclass, field

from rehearsal.model.promised import OpenRoad
from rehearsal.model.world import World
from rehearsal.permissions.rights import Rights
from rehearsal.promises.answers import Answers, Judge, judge_all
from rehearsal.promises.model import OUTPUT, Promises
from rehearsal.promises.roads import open_roads
from rehearsal.reachability.network import Network
from rehearsal.requirements.table import required


@dataclass(frozen=True)
class Judged:
    """What was found: the answers, and every road that is open."""

    answers: Answers = field(default_factory=Answers)
    roads: tuple[OpenRoad, ...] = ()


def judge_world(world: World) -> Judged:
    """Every promise and requirement of a program. Raises `PromisesError` where its output is wrong."""
    promises = _promises(world)
    network = Network.of(world, promises.places if promises else {})
    answers = judge_all(Judge(network, Rights.of(world)), promises, required(world))
    return Judged(answers, open_roads(world, network, answers))


def _promises(world: World) -> Promises | None:
    if OUTPUT not in world.stack_outputs:
        return None
    from rehearsal.promises.reading import read_promises  # only here: it imports pydantic

    return read_promises(world)
