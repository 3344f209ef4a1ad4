"""The page's part about a month's costs."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rehearsal.cost_table import how_reckoned
from rehearsal.model.costs import MonthlyCost, money
from rehearsal.page.parts import Part, table


def cost_part(costs: MonthlyCost | None) -> Part:
    """By part and item; nothing where the program says no costs."""
    if costs is None:
        return Part("costs", "Costs", ())
    found = table("costs", "Costs", ("item", "a month", "how"), _rows(costs))
    dated = f", by prices of {escape(costs.as_of)}" if costs.as_of else ""
    note = f'<p class="quiet">Estimated by the program{dated}.</p>'
    title = f"Costs: {money(costs.total, costs.currency)} a month"
    return Part(found.anchor, title, (*found.lines, note) if found.lines else ())


def _rows(costs: MonthlyCost) -> Iterator[list[str]]:
    """A heading for each part with its sum, then its items."""
    for part, items in costs.parts.items():
        yield [f"{escape(part)}: {escape(money(costs.of_part(part), costs.currency))}"]
        for item, amount in items.items():
            told = "no price" if amount is None else f"{amount:,.0f}"
            yield [escape(item), told, escape(how_reckoned(costs, item))]
