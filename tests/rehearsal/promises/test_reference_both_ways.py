"""Both ways: what the reference stacks declare to give roads and rights is needed, each thing alone."""

from __future__ import annotations

import functools

import pytest

from docs.generate_both_ways import PAGE, Judgement, both_ways_page, judged, superfluous
from docs.generate_rehearsed import PROMISES, promises_of
from docs.superfluous import JUSTIFIED
from rehearsal.promises.judging import judge_world
from rehearsal.promises.removals import removals
from rehearsal.reachability.model import Verdict
from tests.infra.platforms import rehearsed

CAUGHT = 0.98


@functools.cache
def judgement(stack: str) -> Judgement:
    """Judged once for all tests here: each removal takes its time."""
    return judged(rehearsed(stack).world)


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_every_promise_and_requirement_is_kept(stack: str) -> None:
    answers = judge_world(rehearsed(stack).world).answers
    assert [one.name for one in answers.answers if one.verdict is not Verdict.OPEN] == []


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_nothing_can_go_without_a_promise_a_requirement_or_a_rule_that_tells(stack: str) -> None:
    found = judgement(stack).effects
    assert [one.removal for one in superfluous(found)] == []
    assert sum(one.is_caught for one in found) >= CAUGHT * len(found)


def test_each_justification_is_of_something_that_is_there() -> None:
    declared = {one.what for stack in ("dev", "prod") for one in removals(rehearsed(stack).world)}
    assert set(JUSTIFIED) <= declared


def test_the_pages_say_what_is_so() -> None:
    both = {stack: judgement(stack) for stack in ("dev", "prod")}
    assert PAGE.read_text(encoding="utf-8") == both_ways_page(both), "run `make docs`"
    assert PROMISES.read_text(encoding="utf-8") == promises_of(both), "run `make docs`"
