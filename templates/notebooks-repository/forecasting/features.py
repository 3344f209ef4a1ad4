"""The table of features: one row for each series and day that was sold, with what follows from the day."""

from __future__ import annotations

import math
from datetime import date

from pyspark.sql import Column, DataFrame, SparkSession, functions

from forecasting import delta, names
from forecasting.calendar import EPOCH, HARMONICS, WEEKDAYS, YEAR
from forecasting.schemas import FEATURES_TABLE


def prepare_features(spark: SparkSession, sales: str, features: str) -> int:
    """Write the table anew, in one commit; the rows that it has. A day without a row stays a gap."""
    delta.overwrite(with_features(delta.read(spark, sales)), features)
    return delta.read(spark, features).count()


def newest_day(features: DataFrame) -> date | None:
    """None for a table without rows."""
    row = features.agg(functions.max(names.DAY).alias("day")).first()
    return row["day"] if row is not None else None


def with_features(sales: DataFrame) -> DataFrame:
    """Sales with a partition key and the columns FEATURES."""
    key = functions.concat_ws(names.SEPARATOR, names.STORE, names.PRODUCT).alias(names.PARTITION_KEY)
    columns = calendar_columns(functions.col(names.DAY))
    made = sales.select(key, names.PRODUCT, names.DAY, names.QUANTITY, *columns)
    return made.select(*FEATURES_TABLE.fieldNames())


def calendar_columns(day: Column) -> list[Column]:
    """FEATURES as Spark computes them."""
    # Spark counts Sunday as 1.
    weekday = (functions.dayofweek(day) + 5) % 7
    columns = [(functions.datediff(day, functions.lit(EPOCH)) / YEAR).alias("trend")]
    columns += [(weekday == number).cast("double").alias(name) for number, name in enumerate(WEEKDAYS)]
    for n in HARMONICS:
        angle = functions.dayofyear(day) * (2 * math.pi * n) / YEAR
        columns += [functions.sin(angle).alias(f"year_sin_{n}"), functions.cos(angle).alias(f"year_cos_{n}")]
    return columns
