"""What a program says that a month of its stack costs: its stack output `monthly_cost`.

The rehearsal knows no prices. A program that reckons its own exports them in this form (docs/rehearsal.md, Costs):
`currency`; `as_of`, the day of the prices; `parts`, each part's items with their amounts (null: no price is known);
`how`, how each item is reckoned; `counted_as_0`, items that count nothing, with the setting that would change it.
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
    """Amounts of a month, in `currency`, by part and item, largest first; None where no price is known."""

    currency: str
    as_of: str = ""
    parts: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    how: Mapping[str, str] = field(default_factory=dict)
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
    amounts = {
        part: _largest_first({item: _amount(amount) for item, amount in items.items()})
        for part, items in sorted(parts.items())
        if isinstance(items, dict)
    }
    sums = {part: sum(amount or 0.0 for amount in items.values()) for part, items in amounts.items()}
    return MonthlyCost(
        currency=currency,
        as_of=text_at(found, "as_of"),
        parts={part: amounts[part] for part in _largest_first(sums)},
        how=_texts(object_at(found, "how")),
        counted_as_0=_texts(object_at(found, "counted_as_0")),
    )


def _largest_first(amounts: Mapping[str, float | None]) -> dict[str, float | None]:
    return dict(sorted(amounts.items(), key=lambda one: (-(one[1] or 0.0), one[0])))


def _texts(values: JsonObject) -> Mapping[str, str]:
    return {key: value for key, value in sorted(values.items()) if isinstance(value, str)}


def _amount(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)


def money(amount: float, currency: str) -> str:
    """`1,234 USD`."""
    return f"{amount:,.0f} {currency}"
