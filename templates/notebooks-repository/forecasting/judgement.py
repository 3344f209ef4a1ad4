"""What becomes of a row that landed: whether it counts, another row replaces it, or nobody can use it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pyspark.sql import Column, DataFrame, Window, functions

from forecasting import names

KEY = (names.STORE, names.PRODUCT, names.DAY)
ACCEPTED, SUPERSEDED = "accepted", "superseded"

HELD = (names.CHANGED_AT, names.QUANTITY)
"""What the table has of the same store, product and day."""

FIRST_DAY = date(2000, 1, 1)
"""Earlier days are none: 1900-01-01 and 0001-01-01 are what systems write where they know none."""

AHEAD_HOURS = 14
"""The earliest time zone is so far ahead of UTC: a shop's day begins there before UTC's."""

CLOCKS_DIFFER = timedelta(days=1)
"""How far a change may lie ahead of the job's clock."""


def judge(rows: DataFrame, sales: DataFrame, now: datetime) -> DataFrame:
    """The same rows with `outcome`: accepted, superseded, or the reason for the quarantine.

    `sales` is the table as it is: a row that says something else about the same change conflicts with it, too.
    """
    judged = rows.withColumn("reason", _reason(now))
    valid = judged.where("reason IS NULL").drop("reason")
    invalid = judged.where("reason IS NOT NULL").withColumnRenamed("reason", "outcome")
    held = sales.select(*KEY, *(functions.col(name).alias(f"held_{name}") for name in HELD))
    outcomes = _of_day(valid.join(held, list(KEY), "left")).select(invalid.columns)
    return outcomes.unionByName(invalid)


def _of_day(rows: DataFrame) -> DataFrame:
    """The outcome of valid rows, for each store, product and day by the newest change."""
    col = functions.col
    of_day = Window.partitionBy(*KEY)
    newest_change = functions.max(names.CHANGED_AT).over(of_day)
    ranked = rows.withColumn("is_newest", col(names.CHANGED_AT) == newest_change)
    newest = functions.collect_set(functions.when(col("is_newest"), col(names.QUANTITY)))
    ranked = ranked.withColumn("quantities", functions.size(newest.over(of_day)))
    order = functions.row_number().over(of_day.orderBy(functions.desc("is_newest"), functions.desc("file")))
    differs = (col(f"held_{names.CHANGED_AT}") == col(names.CHANGED_AT)) & (
        col(f"held_{names.QUANTITY}") != col(names.QUANTITY)
    )
    outcome = (
        functions.when(col("is_newest") & ((col("quantities") > 1) | differs), "conflicting_quantity")
        .when(col(f"held_{names.CHANGED_AT}") > col(names.CHANGED_AT), SUPERSEDED)
        .when(col("order") == 1, ACCEPTED)
        .otherwise(SUPERSEDED)
    )
    return ranked.withColumn("order", order).withColumn("outcome", outcome)


def _reason(now: datetime) -> Column:
    """Why a row cannot be used; null where it can."""
    col = functions.col
    no_text = [~functions.coalesce(col(name), functions.lit("")).rlike(r"\S") for name in KEY[:2]]
    earliest_zone = functions.expr(f"to_date({names.CHANGED_AT} + INTERVAL {AHEAD_HOURS} HOURS)")
    return (
        functions.when(no_text[0] | no_text[1] | col(names.DAY).isNull(), "no_key")
        .when(col(names.STORE).contains(names.SEPARATOR), "separator_in_store")
        .when(col(names.CHANGED_AT).isNull(), "no_change_time")
        .when(col(names.QUANTITY).isNull() | functions.isnan(names.QUANTITY), "no_quantity")
        .when(functions.abs(names.QUANTITY) == float("inf"), "no_quantity")
        .when(col(names.QUANTITY) < 0, "negative_quantity")
        .when(col(names.DAY) < functions.lit(FIRST_DAY), "day_long_ago")
        .when(col(names.CHANGED_AT) > functions.lit(now + CLOCKS_DIFFER), "change_in_the_future")
        .when(col(names.DAY) > earliest_zone, "day_after_its_change")
    )
