"""The cost sheet: a pure function of settings and a dated price file.

It counts what settings decide and Azure bills: machines, Databricks units, tiers, endpoints, and what settings assume
of gigabytes and hours (`cost`). It does not count traffic, calls, disks, alerts and managed networks' own endpoints,
which follow from use; the budget (`infra.foundation.budget`) sees all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
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

_PARTS: tuple[Callable[[PlatformSettings, Prices], Iterator[Line]], ...] = (
    network_lines,
    log_lines,
    defender_lines,
    data_lines,
    machine_learning_lines,
    databricks_lines,
    serving_lines,
    app_lines,
)


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

    def render(self, environment: str, budget: float) -> str:
        """As text for the preview."""
        rows = [
            f"  {line.item:<40} {'no price' if line.amount is None else f'{line.amount:,.0f}':>9}  {line.how}"
            for line in self.lines
        ]
        head = (
            f"A month of {environment}, estimated: {self.total:,.0f} {self.prices.currency} of a budget of "
            f"{budget:,.0f} (rounded list prices of {self.prices.region}, {self.prices.as_of}; traffic, calls and "
            "disks not counted)"
        )
        return "\n".join((head, *rows))

    def warnings(self, location: str, budget: float, today: date) -> Iterator[str]:
        """What makes the sheet less than it seems, and a total above the budget."""
        if self.missing:
            yield (
                f"cost sheet: no price for {', '.join(self.missing)}, so the total lacks it; add it to "
                "infra/cost/prices.yaml"
            )
        if self.prices.region != location:
            yield f"cost sheet: prices are those of {self.prices.region}, and the stack is in {location}"
        age = (today - self.prices.as_of).days
        if age > OLD_AFTER_DAYS:
            yield f"cost sheet: the prices are of {self.prices.as_of}, {age} days old; read them anew"
        if self.total > budget:
            yield (
                f"cost sheet: {self.total:,.0f} {self.prices.currency} a month is above budget.monthly_amount "
                f"{budget:,.0f}; make the platform smaller, or raise the budget"
            )


def cost_sheet(settings: PlatformSettings, prices: Prices | None = None) -> CostSheet:
    """Every line, in the order of the platform's parts; by the shipped prices unless others are given."""
    given = prices or load_prices()
    return CostSheet(tuple(line for part in _PARTS for line in part(settings, given)), given)


@dataclass(frozen=True)
class MonthlyCost:
    """What the preview says of the sheet."""

    text: str
    warnings: tuple[str, ...]


def monthly_cost(settings: PlatformSettings) -> MonthlyCost:
    """The sheet of these settings by the shipped prices, and what is to be known of it."""
    sheet, budget = cost_sheet(settings), settings.budget.monthly_amount
    warnings = (
        *sheet.warnings(settings.azure.location, budget, settings.today),
        *clusters_above_their_policy(settings, sheet.prices),
    )
    return MonthlyCost(sheet.render(settings.environment.name, budget), warnings)
