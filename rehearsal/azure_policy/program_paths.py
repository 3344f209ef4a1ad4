"""From a property of a request to the input of the program that sets it."""

from __future__ import annotations

from azure_facts.arm_bodies import arm_bodies
from rehearsal.azure_policy.aliases import Steps, steps_of
from rehearsal.azure_policy.wording import path_of
from rehearsal.export.bodies import unversioned


def program_path(token: str, path: str) -> str:
    """`properties.networkAcls.defaultAction` of a storage account is its input `networkRuleSet.defaultAction`. The path
    itself for a type that is in no table."""
    row = arm_bodies().resources.get(unversioned(token)) if token.count(":") == 2 else None
    if row is None or not path:
        return path
    steps = steps_of(path)
    lower = tuple(step.lower() for step in steps)
    best: tuple[str, Steps] = ("", ())
    for name, place in row.content.places.items():
        found = tuple(step.lower() for step in place)
        if len(place) > len(best[1]) and lower[: len(found)] == found:
            best = (name, tuple(place))
    name, place = best
    return path_of((name, *steps[len(place) :])) if name else path_of(steps)
