"""Both ways: what the reference stacks declare to give roads and rights is needed, each thing alone."""

from __future__ import annotations

import pytest

from docs.generate_both_ways import PAGE, both_ways_page, superfluous
from docs.superfluous import JUSTIFIED
from rehearsal.promises.both_ways import BothWays, Effect
from rehearsal.promises.judging import judge_world
from rehearsal.promises.removals import removals
from rehearsal.reachability.model import Verdict
from tests.infra.platforms import rehearsed

CAUGHT = 0.98


def effects(stack: str) -> list[Effect]:
    world = rehearsed(stack).world
    return list(BothWays(world, judge_world(world).answers).effects())


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_every_promise_and_requirement_is_kept(stack: str) -> None:
    answers = judge_world(rehearsed(stack).world).answers
    assert [one.name for one in answers.answers if one.verdict is not Verdict.OPEN] == []


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_nothing_can_go_without_a_promise_a_requirement_or_a_rule_that_tells(stack: str) -> None:
    found = effects(stack)
    assert [one.removal for one in superfluous(found)] == []
    assert sum(one.is_caught for one in found) >= CAUGHT * len(found)


def test_each_justification_is_of_something_that_is_there() -> None:
    declared = {one.what for stack in ("dev", "prod") for one in removals(rehearsed(stack).world)}
    assert set(JUSTIFIED) <= declared


def test_the_page_says_what_is_so() -> None:
    assert PAGE.read_text(encoding="utf-8") == both_ways_page(
        {stack: rehearsed(stack) for stack in ("dev", "prod")}
    )
