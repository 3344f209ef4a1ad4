"""Batch scoring: the next days of every series, by the newest version that may be used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from pyspark.sql import DataFrame, SparkSession, functions, types

from forecasting import delta, names
from forecasting.calendar import with_calendar
from forecasting.errors import WorkloadError
from forecasting.features import newest_day
from forecasting.fleet import Fleet, UnusableModelError, forecast_by, open_fleet, unpickle
from forecasting.registry import Registry, Version, connect, download_checked, newest_usable
from forecasting.series_model import BASELINE, RIDGE

HORIZON_DAYS = 14

MODELS = types.StructType(
    [
        types.StructField(names.PARTITION_KEY, types.StringType(), nullable=False),
        types.StructField("family", types.StringType(), nullable=False),
        types.StructField("baseline", types.ArrayType(types.DoubleType()), nullable=False),
        types.StructField("digest", types.StringType()),
        types.StructField("estimator", types.BinaryType()),
    ]
)
"""What a worker needs of one series: workers do not see the driver's disk."""

SCORED = types.StructType(
    [
        *(types.StructField(column, types.StringType()) for column in (names.PARTITION_KEY, names.PRODUCT)),
        types.StructField(names.DAY, types.DateType()),
        types.StructField(names.QUANTITY, types.DoubleType()),
        types.StructField("family", types.StringType()),
        types.StructField("unusable", types.BooleanType()),
    ]
)


class SeriesModel(NamedTuple):
    """A row of MODELS."""

    partition_key: str
    family: str
    baseline: Sequence[float]
    digest: str | None
    estimator: bytes | None


@dataclass(frozen=True)
class Scored:
    """What a run wrote. `unusable` counts series whose estimator could not be used: the baseline answered."""

    version: Version
    series: int
    rows: int
    by_family: dict[str, int]
    unusable: int
    first_day: date


def score(
    spark: SparkSession,
    features: str,
    model: str,
    forecasts: str,
    model_quality: str,
    folder: Path,
    registry: Registry | None = None,
) -> Scored:
    """Write HORIZON_DAYS days for each series that the version knows; the same days again replace those of before.

    Raises NoModelError and RegistryError before anything is written.
    """
    registry = registry or connect()
    version = newest_usable(registry, model)
    download_checked(registry, version, folder)
    fleet = open_fleet(folder)
    last_day = newest_day(delta.read(spark, features))
    if last_day is None:
        raise WorkloadError(f"{features}: has no rows, so nobody knows from which day to forecast")
    first_day = last_day + timedelta(days=1)
    scored = forecast(spark, fleet, first_day).cache()
    counts = scored.groupBy("family", "unusable").agg(
        functions.count("*").alias("rows"), functions.countDistinct(names.PARTITION_KEY).alias("series")
    )
    summary = counts.collect()
    delta.overwrite(
        scored.select(
            names.PRODUCT,
            names.DAY,
            names.QUANTITY,
            names.PARTITION_KEY,
            functions.lit(version.version).alias(names.MODEL_VERSION),
        ),
        forecasts,
        f"{names.DAY} >= '{first_day.isoformat()}'",
    )
    scored.unpersist()
    write_quality(spark, fleet, version, last_day, model_quality)
    return Scored(
        version=version,
        series=len(fleet),
        rows=sum(row["rows"] for row in summary),
        by_family={
            family: sum(row["series"] for row in summary if row["family"] == family)
            for family in (RIDGE, BASELINE)
        },
        unusable=sum(row["series"] for row in summary if row["unusable"]),
        first_day=first_day,
    )


def forecast(spark: SparkSession, fleet: Fleet, first_day: date) -> DataFrame:
    """SCORED rows, a task for some series each."""
    models = spark.createDataFrame(list(_models(fleet)), MODELS)
    tasks = max(1, min(len(fleet), 2 * spark.sparkContext.defaultParallelism))
    days = [first_day + timedelta(days=number) for number in range(HORIZON_DAYS)]

    def of_models(batches: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        ahead = with_calendar(pd.DataFrame({names.DAY: days}))
        for batch in batches:
            for row in batch.itertuples(index=False, name=None):
                yield forecast_series(SeriesModel(*row), ahead)

    return models.repartition(tasks, names.PARTITION_KEY).mapInPandas(of_models, schema=SCORED)


def forecast_series(model: SeriesModel, ahead: pd.DataFrame) -> pd.DataFrame:
    """One series, SCORED rows."""
    key = model.partition_key
    quantity, family = forecast_by(
        model.family, model.baseline, lambda: unpickle(key, model.estimator, model.digest), ahead
    )
    return pd.DataFrame(
        {
            names.PARTITION_KEY: key,
            names.PRODUCT: key.partition(names.SEPARATOR)[2],
            names.DAY: ahead[names.DAY],
            names.QUANTITY: quantity,
            "family": family,
            "unusable": family != model.family,
        }
    )


def write_quality(spark: SparkSession, fleet: Fleet, version: Version, day: date, table: str) -> None:
    """What training measured of each series, under the last day that the version's scoring saw."""
    rows = [(day, key, version.version, entry.accuracy, entry.test_rows) for key, entry in fleet.entries()]
    columns = ", ".join(f"{name} {kind}" for name, kind in names.QUALITY_COLUMNS.items())
    delta.overwrite(spark.createDataFrame(rows, columns), table, f"{names.DAY} = '{day.isoformat()}'")


def _models(fleet: Fleet) -> Iterator[SeriesModel]:
    for key, entry in fleet.entries():
        yield SeriesModel(key, entry.family, list(entry.baseline), entry.digest, _content(fleet, key))


def _content(fleet: Fleet, key: str) -> bytes | None:
    try:
        return fleet.pickled(key)
    except UnusableModelError:
        return None
