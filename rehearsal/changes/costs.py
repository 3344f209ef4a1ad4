"""How a month's costs differ between two states of a stack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rehearsal.changes.model import CostChange, CostItem, CostPart
from rehearsal.model.costs import MonthlyCost


def cost_change(
    before: MonthlyCost | None, after: MonthlyCost | None, *, is_first: bool = False
) -> CostChange | None:
    """The difference; None where this side says no costs. A stack that is not deployed yet (`is_first`) costs
    nothing before."""
    if after is None:
        return None
    if before is None and is_first:
        before = MonthlyCost(after.currency)
    if before is None or before.currency != after.currency:
        return CostChange(after.currency, None, after.total, without_price=after.without_price)
    return CostChange(
        after.currency, before.total, after.total, tuple(_parts(before, after)), after.without_price
    )


def _parts(before: MonthlyCost, after: MonthlyCost) -> Iterator[CostPart]:
    for part in dict.fromkeys((*after.parts, *before.parts)):
        items = tuple(_items(before.parts.get(part, {}), after.parts.get(part, {})))
        if items:
            yield CostPart(part, before.of_part(part), after.of_part(part), items)


def _items(before: Mapping[str, float | None], after: Mapping[str, float | None]) -> Iterator[CostItem]:
    """What differs most first."""
    found = [
        CostItem(item, before.get(item), after.get(item))
        for item in dict.fromkeys((*after, *before))
        if before.get(item) != after.get(item)
    ]
    yield from sorted(found, key=lambda one: -abs((one.after or 0.0) - (one.before or 0.0)))
