"""Tables of the files that landed: what is accepted, what is set apart with its reason, and how many of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pyspark.sql import Column, DataFrame, Row, SparkSession, Window, functions

from forecasting import delta, names
from forecasting.errors import RejectedFilesError
from forecasting.landing import LandedFile, Status, Verdict, examine, list_files, newest, read_sales
from forecasting.schemas import LOADS, QUARANTINE, SALES

KEY = (names.STORE, names.PRODUCT, names.DAY)
ACCEPTED, SUPERSEDED = "accepted", "superseded"


@dataclass(frozen=True)
class LoadReport:
    """What one run did. `rows` = accepted + superseded + quarantined."""

    files: int
    rejected_files: int
    rows: int
    accepted: int
    superseded: int
    quarantined: int
    inserted: int
    updated: int


def make_tables(
    spark: SparkSession, landed: str, sales: str, quarantine: str, loads: str, now: datetime | None = None
) -> LoadReport:
    """Load the files that landed since the last run. Raises RejectedFilesError after everything else is written.

    A run that was cut off is run again from its start: the sales are merged by their key, the quarantine is replaced
    file by file, and the list of loads, which says that a file is done, is written last.
    """
    now = now or datetime.now(UTC)
    verdicts = [examine(spark, file) for file in _new(spark, landed, loads)]
    good = [verdict.file for verdict in verdicts if verdict.status is Status.LOADED]
    inserted = updated = 0
    counts: dict[str, dict[str, int]] = {}
    judged = None
    if good:
        judged = judge(read_sales(spark, good)).cache()
        counts = _counts(judged)
        inserted, updated = _merge(spark, judged, sales)
    if verdicts:
        _set_apart(spark, judged, verdicts, quarantine, now)
        _write_loads(spark, verdicts, counts, loads, now)
    if judged is not None:
        judged.unpersist()
    report = _report(verdicts, counts, inserted, updated)
    rejected = [verdict for verdict in verdicts if verdict.status is not Status.LOADED]
    if rejected:
        listed = "\n".join(f"  {one.file.name}: {one.status}: {one.detail}" for one in rejected)
        raise RejectedFilesError(
            f"{len(rejected)} of {len(verdicts)} files were not loaded; land each again once it is repaired:\n{listed}"
        )
    return report


def judge(rows: DataFrame) -> DataFrame:
    """The same rows with `outcome`: accepted, superseded, or the reason for the quarantine."""
    reason = _reason()
    valid = rows.where(reason.isNull())
    of_key = Window.partitionBy(*KEY)
    newest_change = functions.max(names.CHANGED_AT).over(of_key)
    ranked = valid.withColumn("is_newest", functions.col(names.CHANGED_AT) == newest_change)
    newest_quantities = functions.size(
        functions.collect_set(functions.when(functions.col("is_newest"), functions.col(names.QUANTITY))).over(
            of_key
        )
    )
    order = functions.row_number().over(of_key.orderBy(functions.desc("is_newest"), functions.desc("file")))
    ranked = ranked.withColumn("quantities", newest_quantities).withColumn("order", order)
    outcome = (
        functions.when(functions.col("is_newest") & (functions.col("quantities") > 1), "conflicting_quantity")
        .when(functions.col("order") == 1, ACCEPTED)
        .otherwise(SUPERSEDED)
    )
    valid = ranked.withColumn("outcome", outcome).drop("is_newest", "quantities", "order")
    return valid.unionByName(rows.where(reason.isNotNull()).withColumn("outcome", reason))


def _reason() -> Column:
    """Why a row cannot be used; null where it can."""
    col = functions.col
    missing = [
        functions.coalesce(functions.trim(col(name).cast("string")), functions.lit("")) == "" for name in KEY
    ]
    return (
        functions.when(missing[0] | missing[1] | missing[2], "no_key")
        .when(col(names.STORE).contains(names.SEPARATOR), "separator_in_store")
        .when(col(names.CHANGED_AT).isNull(), "no_change_time")
        .when(col(names.QUANTITY).isNull() | functions.isnan(names.QUANTITY), "no_quantity")
        .when(functions.abs(names.QUANTITY) == float("inf"), "no_quantity")
        .when(col(names.QUANTITY) < 0, "negative_quantity")
        .when(col(names.DAY) > functions.to_date(names.CHANGED_AT), "day_after_its_change")
    )


def _new(spark: SparkSession, landed: str, loads: str) -> list[LandedFile]:
    """Files that no run has seen as they are now."""
    done = delta.read_if_there(spark, loads)
    known = (
        set() if done is None else {(row["file"], row["modified"], row["length"]) for row in done.collect()}
    )
    files = newest(list_files(spark, landed))
    return [file for file in files if (file.name, file.modified, file.length) not in known]


def _counts(judged: DataFrame) -> dict[str, dict[str, int]]:
    """File → outcome → rows."""
    counts: dict[str, dict[str, int]] = {}
    for row in judged.groupBy("file", "outcome").count().collect():
        counts.setdefault(row["file"], {})[row["outcome"]] = row["count"]
    return counts


def _merge(spark: SparkSession, judged: DataFrame, sales: str) -> tuple[int, int]:
    """Rows that were inserted and updated: the newest change of a store, product and day counts."""
    accepted = judged.where(functions.col("outcome") == ACCEPTED).select(*SALES.fieldNames())
    if delta.read_if_there(spark, sales) is None:
        delta.overwrite(spark.createDataFrame([], SALES), sales)
    accepted.createOrReplaceTempView("landed_sales")
    same = " AND ".join(f"old.{column} = new.{column}" for column in KEY)
    spark.sql(
        f"MERGE INTO {delta.sql_name(sales)} old USING landed_sales new ON {same} "
        f"WHEN MATCHED AND new.{names.CHANGED_AT} > old.{names.CHANGED_AT} THEN UPDATE SET * "
        "WHEN NOT MATCHED THEN INSERT *"
    )
    spark.catalog.dropTempView("landed_sales")
    metrics = delta.last_metrics(spark, sales)
    return int(metrics["numTargetRowsInserted"]), int(metrics["numTargetRowsUpdated"])


def _set_apart(
    spark: SparkSession, judged: DataFrame | None, verdicts: Sequence[Verdict], table: str, now: datetime
) -> None:
    whole = [
        Row(one.file.name, str(one.status), one.detail, None, now)
        for one in verdicts
        if one.status is not Status.LOADED
    ]
    rows = spark.createDataFrame(whole, QUARANTINE)
    if judged is not None:
        bad = judged.where(~functions.col("outcome").isin(ACCEPTED, SUPERSEDED))
        rows = rows.unionByName(
            bad.select(
                "file",
                functions.col("outcome").alias("reason"),
                functions.lit(None).cast("string").alias("detail"),
                functions.to_json(functions.struct(*SALES.fieldNames())).alias("record"),
                functions.lit(now).alias("loaded_at"),
            )
        )
    delta.overwrite(rows, table, delta.is_one_of("file", [one.file.name for one in verdicts]))


def _write_loads(
    spark: SparkSession,
    verdicts: Sequence[Verdict],
    counts: dict[str, dict[str, int]],
    loads: str,
    now: datetime,
) -> None:
    rows = []
    for one in verdicts:
        of_file = counts.get(one.file.name, {})
        accepted, superseded = of_file.get(ACCEPTED, 0), of_file.get(SUPERSEDED, 0)
        rows.append(
            (
                *(one.file.name, one.file.modified, one.file.length, str(one.status), one.detail, one.rows),
                *(accepted, superseded, one.rows - accepted - superseded, now),
            )
        )
    files = [one.file.name for one in verdicts]
    delta.overwrite(spark.createDataFrame(rows, LOADS), loads, delta.is_one_of("file", files))


def _report(
    verdicts: Sequence[Verdict], counts: dict[str, dict[str, int]], inserted: int, updated: int
) -> LoadReport:
    rows = sum(one.rows for one in verdicts)
    accepted = sum(of_file.get(ACCEPTED, 0) for of_file in counts.values())
    superseded = sum(of_file.get(SUPERSEDED, 0) for of_file in counts.values())
    return LoadReport(
        files=len(verdicts),
        rejected_files=sum(one.status is not Status.LOADED for one in verdicts),
        rows=rows,
        accepted=accepted,
        superseded=superseded,
        quarantined=rows - accepted - superseded,
        inserted=inserted,
        updated=updated,
    )
