"""A month's costs as a section of the printed report."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.costs import MonthlyCost, money
from rehearsal.tables import table


def render_costs(costs: MonthlyCost | None) -> list[str]:
    """By part and item, as the program says them; nothing where it says none."""
    if costs is None:
        return []
    dated = f", prices of {costs.as_of}" if costs.as_of else ""
    head = f"Costs, estimated by the program: {money(costs.total, costs.currency)} a month{dated}"
    return [head, *table(("part", "item", "a month", "how"), list(_rows(costs)), numbers=("a month",))]


def _rows(costs: MonthlyCost) -> Iterator[tuple[str, str, str, str]]:
    for part, items in costs.parts.items():
        yield part, "", f"{costs.of_part(part):,.0f}", ""
        for item, amount in items.items():
            yield "", item, "no price" if amount is None else f"{amount:,.0f}", how_reckoned(costs, item)


def how_reckoned(costs: MonthlyCost, item: str) -> str:
    """How the program reckons it, and what would say how long it runs where nothing does."""
    setting = costs.counted_as_0.get(item)
    return "; ".join(filter(None, (costs.how.get(item), setting and f"counted as 0: set {setting}")))
