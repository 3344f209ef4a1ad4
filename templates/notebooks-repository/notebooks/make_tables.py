# Databricks notebook source
"""Makes a table of the files that landed. Job parameters: landed, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def newest(files: Any, landed: str) -> list[str]:
    """The last file of each window.

    A file's name is the window's start. In a zone that keeps every file as it came, `_` and the moment of the
    copy follow, because a window that runs again lands beside what it wrote before.
    """
    of_window = {
        file.name.partition(".")[0].partition("_")[0]: file.path
        for file in sorted(files.ls(landed), key=lambda file: file.name)
    }
    return list(of_window.values())


def make(spark: SparkSession, landed: list[str], table: str) -> None:
    """All of them, anew: no row counts twice."""
    rows = spark.read.parquet(*landed)
    rows.write.format("delta").mode("overwrite").option("overwriteSchema", "true").save(table)


# COMMAND ----------

if "dbutils" in globals():
    utilities = globals()["dbutils"]
    found = newest(utilities.fs, utilities.widgets.get("landed"))
    make(globals()["spark"], found, utilities.widgets.get("tables"))
