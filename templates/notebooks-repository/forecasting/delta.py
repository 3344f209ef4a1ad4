"""Delta tables by path or by name, through SQL and DataFrames alone: the same here and on every cluster."""

from __future__ import annotations

from collections.abc import Iterable

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession, functions, types

_ABSENT = ("PATH_NOT_FOUND", "DELTA_TABLE_NOT_FOUND", "TABLE_OR_VIEW_NOT_FOUND", "DELTA_MISSING_DELTA_TABLE")


def is_path(table: str) -> bool:
    """Whether a table is given by its folder, not by a name such as catalog.schema.table."""
    return "/" in table


def sql_name(table: str) -> str:
    """As SQL writes it."""
    return f"delta.`{table}`" if is_path(table) else table


def read(spark: SparkSession, table: str) -> DataFrame:
    """A table by path or name."""
    return spark.read.format("delta").load(table) if is_path(table) else spark.read.table(table)


def read_if_there(spark: SparkSession, table: str) -> DataFrame | None:
    """None where there is no such table yet."""
    try:
        found = read(spark, table)
        found.schema  # noqa: B018 a remote session reads lazily, and answers here
    except AnalysisException as error:
        if _says_absent(error):
            return None
        raise
    return found


def _says_absent(error: AnalysisException) -> bool:
    condition = error.getErrorClass() or ""
    return condition.startswith(_ABSENT) or "is not a Delta table" in str(error)


def create(spark: SparkSession, table: str, columns: types.StructType) -> None:
    """A table without rows, where there is none yet; one that another run makes meanwhile is left as it is."""
    writer = spark.createDataFrame([], columns).write.format("delta").mode("ignore")
    if is_path(table):
        writer.save(table)
    else:
        writer.saveAsTable(table)


def overwrite(rows: DataFrame, table: str, where: str | None = None) -> None:
    """Replace the rows that `where` names, or all of them, in one commit; a table that is not there yet is made."""
    if is_path(table):
        writer = rows.write.format("delta").mode("overwrite")
        (writer if where is None else writer.option("replaceWhere", where)).save(table)
    elif read_if_there(rows.sparkSession, table) is None:
        rows.write.format("delta").saveAsTable(table)
    else:
        # saveAsTable with replaceWhere is Databricks' alone: Spark with Delta refuses it for a table by its name.
        rows.writeTo(table).overwrite(functions.expr(where or "true"))


def is_one_of(column: str, values: Iterable[str]) -> str:
    """A condition in SQL."""
    quoted = ", ".join("'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" for value in values)
    return f"{column} IN ({quoted})"


def version(spark: SparkSession, table: str) -> int:
    """The newest version of a table."""
    row = spark.sql(f"DESCRIBE HISTORY {sql_name(table)} LIMIT 1").first()
    if row is None:
        raise ValueError(f"{table}: has no history")
    return int(row["version"])
