"""What may not start a training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from azure_facts.log_tables import callers_write

Areas = dict[str, Any]
Refusals = Callable[[Callable[[Areas], None]], dict[str, str]]


@pytest.mark.parametrize(
    ("query", "tables"),
    [
        ('AppTraces | where Message has "drift"', ["AppTraces"]),
        ("union AppRequests, AppEvents", ["AppRequests", "AppEvents"]),
        ('AmlOnlineEndpointConsoleLog | where Message has "x"', ["AmlOnlineEndpointConsoleLog"]),
        ("ContainerLogV2 | take 1", ["ContainerLogV2"]),
        ("ContainerAppConsoleLogs_CL", ["ContainerAppConsoleLogs_CL"]),
        ('search "drift"', ["search"]),
        ("union * | where x", ["union *"]),
        ('DatabricksUnityCatalog | where Identity has "c0"', []),
        ('AmlRunStatusChangedEvent | where Identity has "AppTraces"', []),
        ("DatabricksJobs | extend App = 1", []),
    ],
)
def test_tables_that_callers_fill_are_known(query: str, tables: list[str]) -> None:
    assert [table for table, _ in callers_write(query)] == tables


def test_a_caller_starts_no_training(refusals: Refusals) -> None:
    def edit(areas: Areas) -> None:
        areas["monitoring"]["retraining"]["query"] = "AppTraces | take 1"

    message = refusals(edit)["monitoring.retraining.query"]
    assert message.startswith("reads AppTraces: what an application tells Application Insights")
    assert "A caller of an endpoint could start a training" in message
