"""Run by the pull request on the small dev cluster: `pytest tests/smoke_connect.py`."""

from __future__ import annotations

from datetime import date

import pytest
from databricks.connect import DatabricksSession

from notebooks.prepare_features import week_of_year, with_week_of_year


@pytest.fixture(scope="session")
def spark() -> DatabricksSession:
    """Starts the cluster where it stands still, which takes CAN_RESTART and some minutes."""
    return DatabricksSession.builder.getOrCreate()


def test_the_cluster_answers_under_the_pipelines_identity(spark: DatabricksSession) -> None:
    assert spark.range(10).count() == 10


def test_the_features_on_the_cluster_are_those_of_the_unit_tests(spark: DatabricksSession) -> None:
    days = [date(2024, 12, 30), date(2026, 7, 1), date(2026, 12, 31)]
    rows = with_week_of_year(spark.createDataFrame([(day,) for day in days], ["day"])).collect()
    assert [row.week for row in rows] == [week_of_year(day) for day in days]
