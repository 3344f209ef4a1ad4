"""Authorised addresses are public ones, few enough, and the placeholder for "nobody" is the only entry."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.kubernetes_api_server import (
    AUTHORIZED_RANGES_SOURCE,
    MOST_AUTHORIZED_RANGES,
    authorized_range_problem,
)
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_PATH = "apiServerAccessProfile.authorizedIPRanges"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    stated = resource.value(_PATH)
    ranges = [item for item in stated if isinstance(item, str)] if isinstance(stated, list) else []
    if len(ranges) > MOST_AUTHORIZED_RANGES:
        yield Violation(_PATH, f"{len(ranges)} ranges; give {MOST_AUTHORIZED_RANGES} at most, merged")
    for index, text in enumerate(ranges):
        if (problem := authorized_range_problem(text, ranges)) is not None:
            yield Violation(f"{_PATH}[{index}]", problem)


def _case(*ranges: str) -> Case:
    return Case((declare(tokens.AKS, {"apiServerAccessProfile": {"authorizedIPRanges": list(ranges)}}),))


RULE = Rule(
    id="AKS204",
    service="AKS",
    title="authorised addresses are public, 200 at most, and 0.0.0.0/32 is the only entry",
    applies_to=(tokens.AKS,),
    status=400,
    code="InvalidParameter",
    source=str(AUTHORIZED_RANGES_SOURCE),
    check=_check,
    trips=_case("0.0.0.0/32", "93.184.216.0/24"),
    passes=_case("93.184.216.0/24"),
)
