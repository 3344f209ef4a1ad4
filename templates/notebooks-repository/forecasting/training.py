"""Trains one model for each series, on Spark, and gathers them into one version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
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


@dataclass(frozen=True)
class Trained:
    """A fleet on the driver's disk, and what it is worth. `data_version` is the version of the table of features."""

    folder: Path
    data_version: str
    series: int
    left_out: int
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
    chosen, left_out = largest(rows, most_models)
    results = trained(spark, chosen, most_models).cache()
    summary = results.select(
        names.PARTITION_KEY, "status", "family", "error", names.TEST_ROWS, "absolute_error", "actual"
    ).toPandas()
    if summary.empty:
        raise WorkloadError(f"{features}: has no rows, so there is nothing to train")
    series = write_fleet(_fitted(results), folder)
    results.unpersist()
    failed = summary[summary["status"] == "failed"]
    return Trained(
        folder=folder,
        data_version=data_version,
        series=series,
        left_out=left_out,
        by_status={str(key): int(count) for key, count in summary["status"].value_counts().items()},
        by_family={str(key): int(count) for key, count in summary["family"].value_counts().items()},
        accuracy=accuracy(float(summary["absolute_error"].sum()), float(summary["actual"].sum())),
        test_rows=int(summary[names.TEST_ROWS].sum()),
        errors=dict(zip(failed[names.PARTITION_KEY], failed["error"], strict=True)),
    )


def largest(rows: DataFrame, most: int) -> tuple[DataFrame, int]:
    """The rows of the series with the most days, and how many series are left out."""
    counts = rows.groupBy(names.PARTITION_KEY).count()
    left_out = max(0, counts.count() - most)
    if left_out:
        kept = counts.orderBy(functions.desc("count"), names.PARTITION_KEY).limit(most)
        rows = rows.join(kept.select(names.PARTITION_KEY), names.PARTITION_KEY, "left_semi")
    return rows, left_out


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
