"""The reference platform passes the pack; what is waived is waived for a reason and still there."""

from __future__ import annotations

import pytest

from policies.frame.registry import all_rules
from policies.frame.rule import Kind
from policies.frame.waivers import place_of, read_waivers
from tests.infra.platforms import TODAY, rehearsed
from tests.policies.mutations.judging import Inventory
from tests.reference_platform import FOLDER

pytestmark = pytest.mark.xdist_group("platforms")

WAIVERS = read_waivers(FOLDER / "waivers.yaml", {rule.id for rule in all_rules()})


@pytest.mark.parametrize(("stack", "kind"), [("dev", Kind.NONPROD), ("prod", Kind.PROD)])
def test_a_committed_stack_passes_its_own_pack(stack: str, kind: Kind) -> None:
    found = Inventory(rehearsed(stack).world, stack, kind).mandatory()
    open_ = [
        (rule, place_of(stack, urn), message)
        for rule, urn, message in found
        if not any(waiver.covers(rule, place_of(stack, urn), TODAY) for waiver in WAIVERS)
    ]
    assert open_ == []
    places = [(rule, place_of(stack, urn)) for rule, urn, _ in found]
    unused = [
        waiver.described()
        for waiver in WAIVERS
        if waiver.concerns(stack) and not any(waiver.covers(rule, place, TODAY) for rule, place in places)
    ]
    assert unused == []
