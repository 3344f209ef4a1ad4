"""The cost sheet: a pure function of settings and a dated price file.

It counts what settings decide and Azure bills: machines, Databricks units, tiers, endpoints, and what settings assume
of gigabytes and hours (`cost`). It does not count traffic, calls, disks, alerts and managed networks' own endpoints,
which follow from use; the budget (`infra.foundation.budget`) sees all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from infra.cost.cluster_units import clusters_above_their_policy
from infra.cost.data import app_lines, data_lines, log_lines
from infra.cost.databricks import databricks_lines
from infra.cost.defender import defender_lines
from infra.cost.machine_learning import machine_learning_lines
from infra.cost.network import network_lines
from infra.cost.prices import Line, Prices, load_prices
from infra.cost.serving import serving_lines
from infra.settings.platform import PlatformSettings

OLD_AFTER_DAYS = 183
"""Half a year: list prices change about once a year."""

_AREAS: Mapping[str, Callable[[PlatformSettings, Prices], Iterator[Line]]] = {
    "network": network_lines,
    "logs": log_lines,
    "Defender": defender_lines,
    "data": data_lines,
    "Azure ML": machine_learning_lines,
    "Databricks": databricks_lines,
    "serving": serving_lines,
    "apps": app_lines,
}


@dataclass(frozen=True)
class CostSheet:
    """A month of one environment."""

    lines: tuple[Line, ...]
    prices: Prices

    @property
    def total(self) -> float:
        """Of the lines that have a price."""
        return sum(line.amount or 0 for line in self.lines)

    @property
    def missing(self) -> tuple[str, ...]:
        """Prices that the file lacks, as they are named in it."""
        return tuple(sorted({name for line in self.lines for name in line.missing}))

    @property
    def areas(self) -> Mapping[str, tuple[Line, ...]]:
        """The lines by part of the platform, in its order."""
        return {
            area: found for area in _AREAS if (found := tuple(one for one in self.lines if one.area == area))
        }

    def render(self, environment: str, budget: float) -> str:
        """As text for the preview."""
        zeros = sum(bool(line.assumed) for line in self.lines)
        head = (
            f"A month of {environment}, estimated: {self.total:,.0f} {self.prices.currency} of a budget of "
            f"{budget:,.0f}{f'; {zeros} counted as 0' if zeros else ''} (rounded list prices of "
            f"{self.prices.region}, {self.prices.oldest()}; traffic, calls and disks not counted)"
        )
        rows = [head]
        for area, lines in self.areas.items():
            rows.append(f"  {area:<40} {sum(one.amount or 0 for one in lines):>9,.0f}")
            for one in lines:
                amount = "no price" if one.amount is None else f"{one.amount:,.0f}"
                unset = f", counted as 0: set {one.assumed}" if one.assumed else ""
                rows.append(f"    {one.item:<38} {amount:>9}  {one.how}{unset}")
        return "\n".join(rows)

    def warnings(self, location: str, budget: float, today: date) -> Iterator[str]:
        """What makes the sheet less than it seems, and a total above the budget."""
        if self.missing:
            yield (
                f"cost sheet: no price for {', '.join(self.missing)}, so the total lacks it; add it to "
                "infra/cost/prices.yaml"
            )
        if self.prices.region != location:
            yield (
                f"cost sheet: prices are those of {self.prices.region}, and the stack is in {location}; read those of "
                f"{location}: python -m infra.cost.renew --region {location}"
            )
        oldest = self.prices.oldest()
        age = (today - oldest).days
        if age > OLD_AFTER_DAYS:
            yield (
                f"cost sheet: prices were checked on {oldest}, {age} days ago; check them: python -m infra.cost.renew"
            )
        if self.total > budget:
            yield (
                f"cost sheet: {self.total:,.0f} {self.prices.currency} a month is above budget.monthly_amount "
                f"{budget:,.0f}; make the platform smaller, or raise the budget"
            )

    def to_output(self) -> Mapping[str, object]:
        """What the stack exports as `monthly_cost`: the form that the rehearsal reads (docs/rehearsal.md, Costs). A
        line without a price has none."""
        return {
            "currency": self.prices.currency,
            "as_of": self.prices.oldest().isoformat(),
            "parts": {
                area: {one.item: None if one.amount is None else round(one.amount, 2) for one in lines}
                for area, lines in self.areas.items()
            },
            "how": {one.item: one.how for one in self.lines},
            "counted_as_0": {one.item: one.assumed for one in self.lines if one.assumed},
        }


def cost_sheet(settings: PlatformSettings, prices: Prices | None = None) -> CostSheet:
    """Every line, in the order of the platform's parts; by the shipped prices unless others are given."""
    given = prices or load_prices()
    lines = (replace(one, area=area) for area, tell in _AREAS.items() for one in tell(settings, given))
    return CostSheet(tuple(lines), given)


@dataclass(frozen=True)
class MonthlyCost:
    """What the preview says of the sheet, and what the stack exports of it."""

    text: str
    warnings: tuple[str, ...]
    output: Mapping[str, object]


def monthly_cost(settings: PlatformSettings) -> MonthlyCost:
    """The sheet of these settings by the shipped prices, and what is to be known of it."""
    sheet, budget = cost_sheet(settings), settings.budget.monthly_amount
    warnings = (
        *sheet.warnings(settings.azure.location, budget, settings.today),
        *clusters_above_their_policy(settings, sheet.prices),
    )
    return MonthlyCost(sheet.render(settings.environment.name, budget), warnings, sheet.to_output())
