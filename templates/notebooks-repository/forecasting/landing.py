"""Files as they landed: which of them count, and whether they can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession, functions, types

from forecasting.schemas import SALES


@dataclass(frozen=True)
class LandedFile:
    """One file in the landing folder; `length` in bytes."""

    path: str
    modified: datetime
    length: int

    @property
    def name(self) -> str:
        """Without its folder."""
        return self.path.rsplit("/", 1)[-1]


class Status(StrEnum):
    """What became of a file."""

    LOADED = "loaded"
    UNREADABLE = "unreadable"
    WRONG_SCHEMA = "wrong_schema"


@dataclass(frozen=True)
class Verdict:
    """`rows` is 0 where nobody can tell; `detail` says why a file is rejected."""

    file: LandedFile
    status: Status
    rows: int = 0
    detail: str | None = None


def list_files(spark: SparkSession, folder: str) -> list[LandedFile]:
    """The Parquet files of a folder. The content of a file is not read."""
    listed = spark.read.format("binaryFile").option("pathGlobFilter", "*.parquet").load(folder)
    rows = listed.select("path", "modificationTime", "length").collect()
    return sorted(
        (LandedFile(row["path"], row["modificationTime"], row["length"]) for row in rows),
        key=lambda file: file.name,
    )


def newest(files: Sequence[LandedFile]) -> list[LandedFile]:
    """The last file of each window.

    A file's name is the window's start. In a zone that keeps every file as it came, `_` and the moment of the copy
    follow, because a window that runs again lands beside what it wrote before.
    """
    of_window = {
        file.name.partition(".")[0].partition("_")[0]: file
        for file in sorted(files, key=lambda file: file.name)
    }
    return list(of_window.values())


def examine(spark: SparkSession, file: LandedFile) -> Verdict:
    """Reads a file to its end, so that a damaged page is found before anything is written."""
    try:
        rows = spark.read.parquet(file.path)
        wrong = schema_problems(rows.schema)
        if wrong:
            return Verdict(file, Status.WRONG_SCHEMA, rows.count(), "; ".join(wrong))
        seen = rows.agg(
            functions.count("*").alias("rows"),
            functions.max(functions.xxhash64(*SALES.fieldNames())).alias("read_all_columns"),
        ).first()
    except PySparkException as error:
        return Verdict(file, Status.UNREADABLE, detail=_first_line(error))
    except Exception as error:
        # A failed task reaches Python as a Py4JJavaError, which older versions do not make a PySparkException of.
        if type(error).__name__ != "Py4JJavaError":
            raise
        return Verdict(file, Status.UNREADABLE, detail=_first_line(error))
    return Verdict(file, Status.LOADED, seen["rows"] if seen else 0)


def schema_problems(schema: types.StructType) -> list[str]:
    """Every column that is missing or of a type that cannot be taken. Other columns are left alone."""
    found = {field.name: field.dataType for field in schema.fields}
    problems = []
    for field in SALES.fields:
        if field.name not in found:
            problems.append(f"column {field.name} is missing")
        elif not _may_be(found[field.name], field.dataType):
            kind, wanted = found[field.name].simpleString(), field.dataType.simpleString()
            problems.append(f"column {field.name} is {kind}; {wanted} is asked")
    return problems


def read_sales(spark: SparkSession, files: Sequence[LandedFile]) -> DataFrame:
    """The rows of files that `examine` found good, with the file that each is from."""
    frames = [
        spark.read.parquet(file.path).select(
            *(functions.col(field.name).cast(field.dataType) for field in SALES.fields),
            functions.lit(file.name).alias("file"),
        )
        for file in files
    ]
    whole = frames[0]
    for frame in frames[1:]:
        whole = whole.unionByName(frame)
    return whole


def _may_be(found: types.DataType, wanted: types.DataType) -> bool:
    if wanted == types.DoubleType():
        return isinstance(found, types.NumericType)
    if wanted == types.TimestampType():
        return isinstance(found, (types.TimestampType, types.TimestampNTZType))
    return found == wanted


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:500]
