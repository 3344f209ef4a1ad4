# Databricks notebook source
"""Features of the demand forecast: plain functions here, so that tests need no workspace."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def week_of_year(day: date) -> int:
    """ISO week, 1 to 53: the season that demand follows."""
    return day.isocalendar().week


def with_week_of_year(sales: DataFrame) -> DataFrame:
    """The same on a table: `week` from `day`. Spark's weekofyear is the ISO week too."""
    from pyspark.sql import functions

    return sales.withColumn("week", functions.weekofyear("day"))
