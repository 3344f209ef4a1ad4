"""Files as they landed: which of them count, and whether they can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import unquote, urlparse

from py4j.protocol import Py4JJavaError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession, functions, types

from forecasting.schemas import SALES

_WINDOW = re.compile(r"(\d{8}T\d{6})(_\d{8}T\d{6})?\.parquet")
"""A file's name is the window's start. In a zone that keeps every file as it came, the moment of the copy follows."""

UNKNOWN_MOMENT = datetime(1970, 1, 1)
"""When a file without bytes landed: Spark does not say."""


@dataclass(frozen=True)
class LandedFile:
    """One file; `name` is its path below the landing folder, `length` is in bytes."""

    path: str
    name: str
    modified: datetime
    length: int


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
    """The Parquet files of a folder and of the folders in it. The content of a file is not read."""
    reader = spark.read.format("binaryFile").option("pathGlobFilter", "*.parquet")
    # Otherwise a folder named `store=a` would be taken for a column.
    listed = reader.option("recursiveFileLookup", "true").load(folder)
    files = [
        LandedFile(row["path"], _name(row["path"], folder), row["modificationTime"], row["length"])
        for row in listed.select("path", "modificationTime", "length").collect()
    ]
    # Spark reads no row of a file without bytes, but lists its address, as a URL.
    with_bytes = {file.name for file in files}
    addresses = {_name(path, folder): path for path in map(unquote, listed.inputFiles())}
    files += [
        LandedFile(path, name, UNKNOWN_MOMENT, 0)
        for name, path in addresses.items()
        if name not in with_bytes
    ]
    return sorted(files, key=lambda file: file.name)


def _name(path: str, folder: str) -> str:
    below = urlparse(folder).path.rstrip("/") + "/"
    return path.partition(below)[2] or path.rpartition("/")[2]


def newest(files: Sequence[LandedFile]) -> list[LandedFile]:
    """The last copy of each window, because a window that runs again lands beside what it wrote before.

    A file with a name of another form is no window's, and always counts.
    """
    of_window: dict[str, LandedFile] = {}
    for file in sorted(files, key=lambda file: file.name):
        window = _WINDOW.fullmatch(file.name)
        of_window[window.group(1) if window else file.name] = file
    return list(of_window.values())


def examine(spark: SparkSession, file: LandedFile) -> Verdict:
    """Reads a file to its end, so that a damaged page is found before anything is written."""
    if file.length == 0:
        return Verdict(file, Status.UNREADABLE, detail="the file is empty: 0 bytes")
    try:
        rows = read_parquet(spark, file)
        wrong = schema_problems(rows.schema)
        if wrong:
            return Verdict(file, Status.WRONG_SCHEMA, rows.count(), "; ".join(wrong))
        seen = rows.agg(
            functions.count("*").alias("rows"),
            functions.max(functions.xxhash64(*SALES.fieldNames())).alias("read_all_columns"),
        ).first()
    except (PySparkException, Py4JJavaError) as error:
        # Older versions of Spark do not make a PySparkException of every error in Java.
        return Verdict(file, Status.UNREADABLE, detail=_reason(error))
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


def read_parquet(spark: SparkSession, file: LandedFile) -> DataFrame:
    """One file as it is. Days and moments of long ago are taken as they are written: `judge` looks at them."""
    as_written = {"datetimeRebaseMode": "CORRECTED", "int96RebaseMode": "CORRECTED"}
    # Spark takes an address for a pattern.
    return spark.read.options(**as_written).parquet(re.sub(r"([*?\[\]{}\\])", r"\\\1", file.path))


def read_sales(spark: SparkSession, files: Sequence[LandedFile]) -> DataFrame:
    """The rows of files that `examine` found good, with the file that each is from."""
    frames = [
        read_parquet(spark, file).select(
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


def _reason(error: Exception) -> str:
    """The innermost cause in Java's trace, or the first line."""
    lines = str(error).strip().splitlines()
    causes = [line for line in lines if line.startswith("Caused by: ")]
    innermost = causes[-1] if causes else next((line for line in lines if line.startswith(": ")), lines[0])
    return innermost.removeprefix("Caused by: ").removeprefix(": ")[:500]
