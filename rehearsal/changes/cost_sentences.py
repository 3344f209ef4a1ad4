"""Sentences about what a change costs."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.changes.model import CostChange, CostItem, CostPart, StackChange
from rehearsal.changes.sentences import Bare, Line, Style, subjects
from rehearsal.model.costs import money

_SMALL = 0.5
"""Less than this, in the costs' currency, is told as no difference: amounts are rounded to whole ones."""
_ITEMS = 4


def cost_verdict(costs: CostChange) -> str:
    """For the first line: `cost +199 USD a month (1,025 → 1,224)`."""
    if costs.before is None:
        return f"cost {money(costs.after, costs.currency)} a month, and not known before"
    if abs(costs.after - costs.before) < _SMALL:
        return "cost as before"
    return (
        f"cost {_difference(costs.before, costs.after)} {costs.currency} a month "
        f"({costs.before:,.0f} → {costs.after:,.0f})"
    )


def costs(change: StackChange, style: Style) -> Iterator[Line]:
    """One line for each part whose costs differ."""
    found = change.costs
    if found is None:
        return
    for part in found.parts:
        yield _part(part, style)
    if found.without_price:
        told, details = subjects(found.without_price, style)
        yield Line(f"{told}: without a price, so the total lacks it", details)


def _part(part: CostPart, style: Style) -> Line:
    items = part.items
    shown = items if len(items) <= _ITEMS + 1 else items[:_ITEMS]
    more = f" and {len(items) - len(shown)} more" if len(items) > len(shown) else ""
    line = (
        f"{style.code(part.part)} {_difference(part.before, part.after)} "
        f"({part.before:,.0f} → {part.after:,.0f}): {', '.join(_item(one, style) for one in shown)}{more}"
    )
    return Line(line, tuple(_item(one, Bare()) for one in items[len(shown) :]))


def _item(item: CostItem, style: Style) -> str:
    if item.after is None and item.before is None:
        return f"{style.code(item.item)} has no price"
    return f"{style.code(item.item)} {_difference(item.before or 0.0, item.after or 0.0)}"


def _difference(before: float, after: float) -> str:
    difference = after - before
    return "±0" if abs(difference) < _SMALL else f"{difference:+,.0f}"
