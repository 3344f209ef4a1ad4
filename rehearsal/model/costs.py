"""What a program says that a month of its stack costs: its stack output `monthly_cost`.

The rehearsal knows no prices. A program that reckons its own exports them in this form (docs/rehearsal.md, Costs):
`currency`; `as_of`, the day of the prices; `parts`, each part's items with their amounts (null: no price is known);
`counted_as_0`, items that count nothing, with what would change that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rehearsal.model.json_values import object_at, text_at
from rehearsal.model.values import JsonObject

OUTPUT = "monthly_cost"
"""The stack output."""


@dataclass(frozen=True)
class MonthlyCost:
    """Amounts of a month, in `currency`, by part and item; None where no price is known."""

    currency: str
    as_of: str = ""
    parts: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    counted_as_0: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Of what has a price."""
        return sum(self.of_part(part) for part in self.parts)

    @property
    def without_price(self) -> tuple[str, ...]:
        """Items that the total lacks."""
        return tuple(
            item for items in self.parts.values() for item, amount in items.items() if amount is None
        )

    def of_part(self, part: str) -> float:
        """Of one part; 0 where there is none of that name."""
        return sum(amount or 0.0 for amount in self.parts.get(part, {}).values())


def monthly_cost(outputs: JsonObject) -> MonthlyCost | None:
    """The costs among a stack's outputs; None where the program exports none, or something else under that name."""
    found = object_at(outputs, OUTPUT)
    currency, parts = text_at(found, "currency"), object_at(found, "parts")
    if not currency or not parts:
        return None
    return MonthlyCost(
        currency=currency,
        as_of=text_at(found, "as_of"),
        parts={
            part: {item: _amount(amount) for item, amount in items.items()}
            for part, items in parts.items()
            if isinstance(items, dict)
        },
        counted_as_0={item: str(setting) for item, setting in object_at(found, "counted_as_0").items()},
    )


def _amount(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def money(amount: float, currency: str) -> str:
    """`1,234 USD`."""
    return f"{amount:,.0f} {currency}"
