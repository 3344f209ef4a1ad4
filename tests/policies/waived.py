"""What the pack finds in a stack, seen against the waivers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from policies.frame.rule import Kind
from policies.frame.waivers import Waiver, place_of
from rehearsal.model.world import World
from tests.infra.platforms import TODAY
from tests.policies.mutations.judging import Inventory


def violations_and_unused(
    world: World,
    stack: str,
    kind: Kind,
    waivers: Sequence[Waiver],
    *,
    workload: str = "forecast",
    shared_people: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Rule, place and message of each mandatory violation that nothing waives; the waivers that waive nothing."""
    inventory = Inventory(world, stack, kind, workload, shared_people)
    found = [(rule, place_of(stack, urn), message) for rule, urn, message in inventory.mandatory()]
    concerning = [waiver for waiver in waivers if waiver.concerns(stack)]
    violations = [
        (rule, place, message)
        for rule, place, message in found
        if not any(waiver.covers(rule, place, TODAY) for waiver in concerning)
    ]
    unused = [
        waiver.described()
        for waiver in concerning
        if waiver.names(stack) and not any(waiver.covers(rule, place, TODAY) for rule, place, _ in found)
    ]
    return violations, unused
