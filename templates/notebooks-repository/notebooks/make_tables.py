# Databricks notebook source
"""Makes a table of the files that landed. Job parameters: landed, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def make(spark: SparkSession, landed: str, table: str) -> None:
    """All of them, anew: a window that was copied again has replaced its file, and no row counts twice."""
    rows = spark.read.parquet(landed)
    rows.write.format("delta").mode("overwrite").option("overwriteSchema", "true").save(table)


# COMMAND ----------

if "dbutils" in globals():
    widgets = globals()["dbutils"].widgets
    make(globals()["spark"], widgets.get("landed"), widgets.get("tables"))
