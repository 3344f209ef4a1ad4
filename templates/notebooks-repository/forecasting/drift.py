"""Drift: whether forecasts were as good as training said.

A write to the table of drift starts a training (the platform's retraining alert), so nothing touches that table where
nothing has drifted.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from pyspark.sql import DataFrame, SparkSession, functions

from forecasting import delta, names
from forecasting.features import newest_day
from forecasting.schemas import DRIFT
from forecasting.series_model import accuracy

LAST_DAYS = 28
MINIMUM_DAYS = 7
"""Days with a forecast and a sale that a series must have among the last ones to be judged."""

WORSE_BY = 0.15
SHARE = 0.1
"""A series has drifted when its accuracy is worse by more than WORSE_BY; all have when SHARE of them have."""


@dataclass(frozen=True)
class Drift:
    """What was found in the LAST_DAYS up to `day`; the accuracies are those of the judged series together."""

    day: date
    series: int
    drifted: int
    share: float
    expected_accuracy: float
    realised_accuracy: float

    @property
    def found(self) -> bool:
        """Whether a training should start."""
        return self.series > 0 and self.share >= SHARE


def watch_drift(
    spark: SparkSession, features: str, forecasts: str, model_quality: str, drift: str
) -> Drift | None:
    """Write a row where something has drifted; what was found, None where no series can be judged yet."""
    scored, quality = delta.read_if_there(spark, forecasts), delta.read_if_there(spark, model_quality)
    if scored is None or quality is None:
        return None
    found = measure(delta.read(spark, features), scored, quality)
    if found is not None and found.found:
        row = tuple(asdict(found)[field] for field in DRIFT.fieldNames())
        delta.overwrite(
            spark.createDataFrame([row], DRIFT), drift, f"{names.DAY} = '{found.day.isoformat()}'"
        )
    return found


def measure(features: DataFrame, forecasts: DataFrame, quality: DataFrame) -> Drift | None:
    """Compare each series' forecasts with what was sold, and with what training measured."""
    day = newest_day(features)
    if day is None:
        return None
    sold = features.where(
        functions.col(names.DAY) > functions.date_sub(functions.lit(day), LAST_DAYS)
    ).select(names.PARTITION_KEY, names.DAY, functions.col(names.QUANTITY).alias("sold"))
    versions = quality.select(
        names.PARTITION_KEY, names.MODEL_VERSION, functions.col(names.ACCURACY).alias("expected")
    ).distinct()
    compared = (
        forecasts.join(sold, [names.PARTITION_KEY, names.DAY])
        .join(versions, [names.PARTITION_KEY, names.MODEL_VERSION])
        .where(functions.col("expected").isNotNull())
        .groupBy(names.PARTITION_KEY)
        .agg(
            functions.count("*").alias("days"),
            functions.sum(functions.abs(functions.col("sold") - functions.col(names.QUANTITY))).alias("lost"),
            functions.sum("sold").alias("sold"),
            functions.avg("expected").alias("expected"),
        )
        .where(functions.col("days") >= MINIMUM_DAYS)
    )
    rows = compared.collect()
    if not rows:
        return None
    realised = [accuracy(row["lost"], row["sold"]) for row in rows]
    drifted = sum(now < row["expected"] - WORSE_BY for now, row in zip(realised, rows, strict=True))
    return Drift(
        day=day,
        series=len(rows),
        drifted=drifted,
        share=drifted / len(rows),
        expected_accuracy=sum(row["expected"] for row in rows) / len(rows),
        realised_accuracy=accuracy(sum(row["lost"] for row in rows), sum(row["sold"] for row in rows)),
    )
