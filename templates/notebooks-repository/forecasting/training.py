"""Trains one model for each series, on Spark, and gathers them into one version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import pandas as pd
from pyspark.sql import DataFrame, Row, SparkSession, functions

from forecasting import delta, names
from forecasting.calendar import FEATURES
from forecasting.errors import WorkloadError
from forecasting.fleet import write_fleet
from forecasting.schemas import TRAINED
from forecasting.series_model import Fitted, accuracy, fit

TASKS_FOR_EACH_CORE = 4

ENDED_AFTER = timedelta(days=400)
"""A series without a sale for so long before the newest day has ended. What is sold in one season only has not."""


@dataclass(frozen=True)
class Trained:
    """A fleet on the driver's disk, and what it is worth. `data_version` is the version of the table of features.

    Not trained are `ended` series and, of the others, `left_out`: those beyond the most models.
    """

    folder: Path
    data_version: str
    series: int
    left_out: int
    ended: int
    by_status: dict[str, int]
    by_family: dict[str, int]
    accuracy: float
    test_rows: int
    errors: dict[str, str]

    def metrics(self) -> dict[str, float]:
        """What the promotion's gate reads, and counts."""
        return {
            names.ACCURACY: self.accuracy,
            names.TEST_ROWS: float(self.test_rows),
            "series": float(self.series),
            **{f"series_{status}": float(count) for status, count in self.by_status.items()},
        }


def train(spark: SparkSession, features: str, most_models: int, folder: Path) -> Trained:
    """Train the series with the most days, `most_models` of them at most. Raises WorkloadError for an empty table."""
    data_version = str(delta.version(spark, features))
    rows = delta.read(spark, features)
    series = choose(rows, most_models)
    if not series.all:
        raise WorkloadError(f"{features}: has no rows, so there is nothing to train")
    results = trained(spark, series.rows_of(rows), most_models).cache()
    summary = results.select(
        names.PARTITION_KEY, "status", "family", "error", names.TEST_ROWS, "absolute_error", "actual"
    ).toPandas()
    written = write_fleet(_fitted(results), folder)
    results.unpersist()
    failed = summary[summary["status"] == "failed"]
    return Trained(
        folder=folder,
        data_version=data_version,
        series=written,
        left_out=series.all - series.ended - len(series.keys),
        ended=series.ended,
        by_status={str(key): int(count) for key, count in summary["status"].value_counts().items()},
        by_family={str(key): int(count) for key, count in summary["family"].value_counts().items()},
        accuracy=accuracy(float(summary["absolute_error"].sum()), float(summary["actual"].sum())),
        test_rows=int(summary[names.TEST_ROWS].sum()),
        errors=dict(zip(failed[names.PARTITION_KEY], failed["error"], strict=True)),
    )


@dataclass(frozen=True)
class Chosen:
    """The series to train, of `all` that the table of features has; `ended` of those are over."""

    keys: Sequence[str]
    all: int
    ended: int

    def rows_of(self, rows: DataFrame) -> DataFrame:
        """The rows of these series."""
        if len(self.keys) == self.all:
            return rows
        keys = rows.sparkSession.createDataFrame(
            [(key,) for key in self.keys], f"{names.PARTITION_KEY} string"
        )
        return rows.join(keys, names.PARTITION_KEY, "left_semi")


def choose(rows: DataFrame, most: int) -> Chosen:
    """The series with the most days of those that go on."""
    days = functions.count("*").alias("days")
    last = functions.max(names.DAY).alias("last")
    series = rows.groupBy(names.PARTITION_KEY).agg(days, last).toPandas()
    going_on = series[series["last"] >= series["last"].max() - ENDED_AFTER] if len(series) else series
    longest = going_on.sort_values(["days", names.PARTITION_KEY], ascending=[False, True]).head(most)
    return Chosen(list(longest[names.PARTITION_KEY]), len(series), len(series) - len(going_on))


def trained(spark: SparkSession, rows: DataFrame, most_models: int) -> DataFrame:
    """One row for each series. The number of tasks is given: adaptive execution would join small ones into few."""
    tasks = max(1, min(most_models, TASKS_FOR_EACH_CORE * spark.sparkContext.defaultParallelism))
    columns = rows.select(names.PARTITION_KEY, names.DAY, names.QUANTITY, *FEATURES)
    return (
        columns.repartition(tasks, names.PARTITION_KEY)
        .groupBy(names.PARTITION_KEY)
        .applyInPandas(fit_series, schema=TRAINED)
    )


def fit_series(rows: pd.DataFrame) -> pd.DataFrame:
    """One series in, one row out."""
    found = fit(rows)
    row = {names.PARTITION_KEY: rows[names.PARTITION_KEY].iloc[0], **asdict(found)}
    row["baseline"] = list(found.baseline)
    return pd.DataFrame([row])[TRAINED.fieldNames()]


def _fitted(results: DataFrame) -> Iterator[tuple[str, Fitted]]:
    """Row by row: the driver never holds all estimators."""
    for row in results.orderBy(names.PARTITION_KEY).toLocalIterator():
        yield row[names.PARTITION_KEY], _of_row(row)


def _of_row(row: Row) -> Fitted:
    found = row.asDict()
    del found[names.PARTITION_KEY]
    estimator = found.pop("estimator")
    baseline = tuple(found.pop("baseline"))
    return Fitted(**found, baseline=baseline, estimator=bytes(estimator) if estimator is not None else None)
