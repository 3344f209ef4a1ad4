"""Run by the pull request on the small dev cluster: `pytest tests/smoke_connect.py`.

The cluster's identity may use that cluster and nothing else, so what is tried here reads and writes no table.
"""

from __future__ import annotations

from datetime import date

import pytest
from databricks.connect import DatabricksSession
from pyspark.sql import functions

from forecasting.features import calendar_columns
from forecasting.names import DAY


@pytest.fixture(scope="session")
def spark() -> DatabricksSession:
    """Starts the cluster where it stands still, which takes CAN_RESTART and some minutes."""
    return DatabricksSession.builder.getOrCreate()


def test_the_cluster_answers_under_the_pipelines_identity(spark: DatabricksSession) -> None:
    assert spark.range(10).count() == 10


def test_the_features_on_the_cluster_are_those_of_the_unit_tests(spark: DatabricksSession) -> None:
    days = spark.createDataFrame([(date(2024, 12, 30),), (date(2026, 12, 31),)], [DAY])
    rows = days.select(*calendar_columns(functions.col(DAY))).collect()
    assert [row["weekday_0"] for row in rows] == [1.0, 0.0]
    assert [row["weekday_3"] for row in rows] == [0.0, 1.0]
