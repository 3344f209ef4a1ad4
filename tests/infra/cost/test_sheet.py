"""The cost sheet: exact lines from settings and prices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from infra.cost.sheet import CostSheet, cost_sheet, load_prices
from infra.settings.load import load_from_stack_file
from tests.infra.platforms import ROOT, TODAY

PRICES = load_prices()


def sheet_of(stack: str) -> CostSheet:
    return cost_sheet(load_from_stack_file(ROOT / f"Pulumi.{stack}.yaml", today=TODAY).settings, PRICES)


def test_a_job_costs_its_machines_and_its_units() -> None:
    lines = {line.item: line for line in sheet_of("prod").lines}
    machines, units = (
        lines["job train-many-models, machines"],
        lines["job train-many-models, Databricks units"],
    )
    assert machines.how == "13 x Standard_D16ds_v5 x 15 h"
    assert machines.amount == pytest.approx(13 * 15 * PRICES.vm_hour["Standard_D16ds_v5"])
    assert units.amount == pytest.approx(13 * 15 * 4 * PRICES.dbu["jobs"])


def test_the_scoring_pool_counts_two_nodes_on_average() -> None:
    (line,) = [line for line in sheet_of("prod").lines if line.item == "AKS scoring pool"]
    assert line.how == "2 x Standard_D8ds_v5 x 730 h"


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_both_stacks_are_priced_whole_and_fit_their_budget(stack: str) -> None:
    settings = load_from_stack_file(ROOT / f"Pulumi.{stack}.yaml", today=TODAY).settings
    sheet = sheet_of(stack)
    assert [line.item for line in sheet.lines if line.amount is None] == []
    assert 0 < sheet.total < settings.budget.monthly_amount


def test_a_size_without_a_price_is_told_and_not_guessed() -> None:
    prices = PRICES.model_copy(update={"vm_hour": {}})
    settings = load_from_stack_file(ROOT / "Pulumi.dev.yaml", today=TODAY).settings
    sheet = cost_sheet(settings, prices)
    assert "AKS system pool                     no price  2 x Standard_D4ds_v5 x 730 h" in sheet.render(
        "dev", 4000, TODAY
    )


def test_an_old_price_file_says_so() -> None:
    text = sheet_of("dev").render("dev", 4000, date(2027, 12, 1))
    assert f"the price file is {(date(2027, 12, 1) - PRICES.as_of).days} days old" in text
    assert "days old" not in sheet_of("dev").render("dev", 4000, TODAY)


def test_a_price_file_with_another_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "prices.yaml"
    path.write_text("as_of: 2026-01-01\nspot: {}\n", encoding="utf-8")
    with pytest.raises(ValidationError, match="spot"):
        load_prices(path)
