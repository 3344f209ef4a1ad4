"""What a program says of a month's costs and of its people: in the summary, in a table, and as nobody meant it."""

from __future__ import annotations

import pytest

from rehearsal.cost_table import render_costs
from rehearsal.model.costs import MonthlyCost, monthly_cost
from rehearsal.model.values import JsonObject
from rehearsal.people import people_in
from rehearsal.tables import table

OUTPUTS: JsonObject = {
    "monthly_cost": {
        "currency": "USD",
        "as_of": "2026-11-01",
        "parts": {"logs": {"logs": 90.0}, "serving": {"AKS": 18.0, "pool": 397.0, "odd": None}},
        "how": {"pool": "2 x Standard_D4ds_v5 x 730 h"},
        "counted_as_0": {"odd": "cost.hours.odd"},
    }
}


def test_costs_are_read_largest_first() -> None:
    costs = monthly_cost(OUTPUTS)
    assert costs is not None
    assert list(costs.parts) == ["serving", "logs"]
    assert list(costs.parts["serving"]) == ["pool", "AKS", "odd"]
    assert (costs.total, costs.without_price) == (505.0, ("odd",))


@pytest.mark.parametrize(
    "outputs",
    [
        {},
        {"monthly_cost": 12},
        {"monthly_cost": "[unknown]"},
        {"monthly_cost": {"currency": "USD"}},
        {"monthly_cost": {"currency": 1, "parts": {"a": {"b": 1.0}}}},
    ],
)
def test_what_is_no_cost_sheet_is_none(outputs: JsonObject) -> None:
    assert monthly_cost(outputs) is None


def test_an_amount_that_is_no_number_is_no_price() -> None:
    costs = monthly_cost({"monthly_cost": {"currency": "USD", "parts": {"a": {"b": "[secret]", "c": True}}}})
    assert costs == MonthlyCost("USD", parts={"a": {"b": None, "c": None}})


def test_the_table_says_how_each_item_is_reckoned() -> None:
    assert render_costs(monthly_cost(OUTPUTS)) == [
        "Costs, estimated by the program: 505 USD a month, prices of 2026-11-01",
        "  part      item    a month   how",
        f"  {'─' * 60}",
        "  serving               415",
        "            pool        397   2 x Standard_D4ds_v5 x 730 h",
        "            AKS          18",
        "            odd    no price   counted as 0: set cost.hours.odd",
        "  logs                   90",
        "            logs         90",
    ]
    assert render_costs(None) == []


def test_a_long_cell_is_wrapped_and_nothing_is_markup() -> None:
    lines = table(("name", "text"), [("[red]x[/red]", "word " * 30), ("a\x1bb", "")], width=60)
    assert max(map(len, lines)) <= 60
    assert "[red]x[/red]" in lines[2]
    assert "a\\x1bb" in lines[-1]


def test_people_are_those_with_a_name() -> None:
    assert people_in({"principal_names": {"a": "analyst", "b": "", "c": 3}}) == {"a": "analyst"}
    assert people_in({"principal_names": ["analyst"]}) == {}
