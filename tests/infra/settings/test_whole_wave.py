"""One run tells every problem: what is refused in one place hides nothing in another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]


def test_a_broken_value_hides_no_check_of_its_area_nor_of_others(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        # A value alone.
        areas["databricks"]["jobs"]["make-tables"]["timeout_minutes"] = "soon"
        areas["azure"]["tenant_id"] = "x"
        # Between values of the same job, the same area, and two areas.
        areas["databricks"]["jobs"]["make-tables"]["clusters"]["main"]["workers"] = 100
        areas["databricks"]["pools"]["training"]["min_idle_instances"] = 50
        del areas["databricks"]["owner_group"]
        areas["serving"]["container_groups"] = {"t": {"image": "x:1", "environment_variables": {"A B": "v"}}}
        areas["data_factory"]["pipelines"]["daily-load"]["activities"]["make-tables"]["databricks_job"] = (
            "gone"
        )

    found = refusals(edit)
    assert {
        "azure.tenant_id",
        "databricks.jobs.make-tables.timeout_minutes",
        "databricks.pools.training.min_idle_instances",
        "databricks.owner_group",
        "serving.container_groups.t.environment_variables.A B",
        "data_factory.pipelines.daily-load.activities.make-tables.databricks_job",
    } <= found.keys()


def test_a_key_that_nobody_knows_hides_no_check(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["colour"] = "blue"
        areas["databricks"]["git_folders"]["forecasting"]["url"] = "https://github.com/somebody/else"

    assert {"databricks.colour", "databricks.git_folders.forecasting.url"} == refusals(edit).keys()


@pytest.mark.parametrize("value", ["text", ["a"], 7])
def test_an_area_that_is_none_leads_to_no_second_refusal(refusals: Refusals, value: object) -> None:
    """What is not known is not taken for left out: serving needs ml, and who can say that there is none?"""

    def edit(areas: Areas) -> None:
        areas["ml"] = value

    assert refusals(edit).keys() == {"ml"}


def test_an_entry_of_which_nothing_is_valid_is_still_an_entry(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["databricks"]["pools"]["training"] = "large"

    assert refusals(edit).keys() == {"databricks.pools.training"}
