"""Judging one rehearsed program: what it promises, and what its resources require."""

from __future__ import annotations

from azure_facts.actions import ACTIONS
from rehearsal.model.world import World
from rehearsal.permissions.rights import Rights
from rehearsal.promises.answers import Answers, Judge, judge_all
from rehearsal.promises.reading import read_promises
from rehearsal.reachability.network import Network


def judge_world(world: World) -> Answers:
    """Every promise and requirement of a program. Raises `PromisesError` where its output is wrong."""
    promises = read_promises(world, ACTIONS)
    network = Network.of(world, promises.places if promises else {})
    return judge_all(Judge(network, Rights.of(world)), promises, ())
