"""The price file, and how a line of the sheet is reckoned from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from pulumi_stack_files.document import read_yaml

PRICE_FILE = Path(__file__).parent / "prices.yaml"
HOURS = 730
"""In a month, as Azure's own calculator has it."""
DAYS = 30


class PriceList(BaseModel):
    """Prices of one kind; `unit` is what one costs, `source` the page to check it against, `as_of` the day on which
    somebody did."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: str
    source: str
    as_of: date
    prices: Mapping[str, Annotated[float, Field(ge=0, allow_inf_nan=False)]]


class Prices(BaseModel):
    """The price file; a price that is not in it is told by name, never guessed and never 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    currency: str
    region: str
    lists: Mapping[str, PriceList]

    def of(self, kind: str, key: str) -> float | None:
        """The price of `key` in the list `kind`; None where the file has none."""
        found = self.lists.get(kind)
        return None if found is None else found.prices.get(key)

    def oldest(self) -> date:
        """The day of the list that was checked longest ago."""
        return min(found.as_of for found in self.lists.values())


def load_prices(path: Path = PRICE_FILE) -> Prices:
    """Raises `StackFileError` for a file that is no YAML, pydantic's ValidationError for one that is not of prices."""
    return Prices.model_validate(read_yaml(path))


@dataclass(frozen=True)
class Part:
    """`quantity` of what `key` in the list `kind` costs."""

    quantity: float
    kind: str
    key: str


@dataclass(frozen=True)
class Line:
    """`amount` a month in the file's currency, None where the file lacks a price; then `missing` names it. `how` is
    the reckoning. `assumed` is the setting that would say how long it runs, where it is missing: the line then counts
    as 0. `area` is the part of the platform."""

    item: str
    how: str
    amount: float | None
    missing: tuple[str, ...] = ()
    assumed: str = ""
    area: str = ""


def line(item: str, how: str, prices: Prices, *parts: Part) -> Line:
    """The sum of the parts. Nothing of a thing needs no price."""
    found = [(part, prices.of(part.kind, part.key)) for part in parts if part.quantity]
    missing = tuple(f"{part.kind}.{part.key}" for part, price in found if price is None)
    if missing:
        return Line(item, how, None, missing)
    return Line(item, how, sum(part.quantity * price for part, price in found if price is not None))


def machines(item: str, size: str, nodes: float, hours: float, prices: Prices) -> Line:
    """`nodes` machines of one size for `hours` a month each."""
    return line(item, f"{nodes:g} x {size} x {hours:g} h", prices, Part(nodes * hours, "vm", size))


def counted_as_0(item: str, what: str, setting: str) -> Line:
    """What runs for as long as nobody has said, in `setting`."""
    return Line(item, what, 0.0, assumed=setting)
