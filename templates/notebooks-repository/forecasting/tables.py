"""Tables of the files that landed: what is accepted, what is set apart with its reason, and how many of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from pyspark.sql import DataFrame, SparkSession, functions

from forecasting import delta, names
from forecasting.errors import RejectedFilesError
from forecasting.judgement import ACCEPTED, KEY, SUPERSEDED, judge
from forecasting.landing import Status, Verdict, examine, list_files, newest, read_sales
from forecasting.schemas import LOADS, QUARANTINE, SALES


@dataclass(frozen=True)
class LoadReport:
    """What one run did. `rows` = accepted + superseded + quarantined."""

    files: int
    rows: int
    accepted: int
    superseded: int
    quarantined: int
    inserted: int
    updated: int


@dataclass(frozen=True)
class _Loaded:
    """A file and its rows: those that count, those that another row replaces, and those that are set apart."""

    verdict: Verdict
    accepted: int
    superseded: int

    @property
    def quarantined(self) -> int:
        return self.verdict.rows - self.accepted - self.superseded


def make_tables(
    spark: SparkSession, landed: str, sales: str, quarantine: str, loads: str, now: datetime | None = None
) -> LoadReport:
    """Load the files that landed since the last run. Raises RejectedFilesError after everything else is written.

    A run that was cut off is run again from its start: the sales are merged by their key, the quarantine is replaced
    file by file, and the list of loads, which says that a file is done, is written last.
    """
    now = now or datetime.now(UTC)
    verdicts = _new_verdicts(spark, landed, loads)
    good = [verdict.file for verdict in verdicts if verdict.status is Status.LOADED]
    inserted = updated = 0
    counts: Mapping[str, Mapping[str, int]] = {}
    judged = None
    if good:
        delta.create(spark, sales, SALES)
        judged = judge(read_sales(spark, good), delta.read(spark, sales), now).cache()
        counts = _counts(judged)
        inserted, updated = _merge(spark, judged, sales)
    files = [_loaded(verdict, counts.get(verdict.file.name, {})) for verdict in verdicts]
    if files:
        _set_apart(spark, judged, verdicts, quarantine, now)
        _write_loads(spark, files, loads, now)
    if judged is not None:
        judged.unpersist()
    _refuse_rejected(verdicts)
    return LoadReport(
        files=len(files),
        rows=sum(one.verdict.rows for one in files),
        accepted=sum(one.accepted for one in files),
        superseded=sum(one.superseded for one in files),
        quarantined=sum(one.quarantined for one in files),
        inserted=inserted,
        updated=updated,
    )


def _refuse_rejected(verdicts: Sequence[Verdict]) -> None:
    rejected = [verdict for verdict in verdicts if verdict.status is not Status.LOADED]
    if rejected:
        listed = "\n".join(f"  {one.file.name}: {one.status}: {one.detail}" for one in rejected)
        raise RejectedFilesError(
            f"{len(rejected)} of {len(verdicts)} files were not loaded; land each again once it is repaired:\n{listed}"
        )


def _new_verdicts(spark: SparkSession, landed: str, loads: str) -> list[Verdict]:
    """Of the files that no run has seen as they are now.

    A file that could not be read is tried again, since its storage may have failed and not the file; it is told again
    only when it can be read.
    """
    done = delta.read_if_there(spark, loads)
    known = (
        {}
        if done is None
        else {(row["file"], row["modified"], row["length"]): Status(row["status"]) for row in done.collect()}
    )
    verdicts = []
    for file in newest(list_files(spark, landed)):
        before = known.get((file.name, file.modified, file.length))
        if before in (None, Status.UNREADABLE):
            verdict = examine(spark, file)
            if verdict.status is not before:
                verdicts.append(verdict)
    return verdicts


def _counts(judged: DataFrame) -> dict[str, dict[str, int]]:
    """File → outcome → rows."""
    counts: dict[str, dict[str, int]] = {}
    for row in judged.groupBy("file", "outcome").count().collect():
        counts.setdefault(row["file"], {})[row["outcome"]] = row["count"]
    return counts


def _loaded(verdict: Verdict, outcomes: Mapping[str, int]) -> _Loaded:
    return _Loaded(verdict, outcomes.get(ACCEPTED, 0), outcomes.get(SUPERSEDED, 0))


def _merge(spark: SparkSession, judged: DataFrame, sales: str) -> tuple[int, int]:
    """Rows that were inserted and updated: the newest change of a store, product and day counts."""
    accepted = judged.where(functions.col("outcome") == ACCEPTED).select(*SALES.fieldNames())
    # Of its own name, since runs may share a session.
    view = f"landed_{uuid4().hex}"
    accepted.createOrReplaceTempView(view)
    same = " AND ".join(f"old.{column} = new.{column}" for column in KEY)
    changed = spark.sql(
        f"MERGE INTO {delta.sql_name(sales)} old USING {view} new ON {same} "
        f"WHEN MATCHED AND new.{names.CHANGED_AT} > old.{names.CHANGED_AT} THEN UPDATE SET * "
        "WHEN NOT MATCHED THEN INSERT *"
    ).collect()
    spark.catalog.dropTempView(view)
    return changed[0]["num_inserted_rows"], changed[0]["num_updated_rows"]


def _set_apart(
    spark: SparkSession, judged: DataFrame | None, verdicts: Sequence[Verdict], table: str, now: datetime
) -> None:
    whole = [
        (one.file.name, str(one.status), one.detail, None, now)
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


def _write_loads(spark: SparkSession, files: Sequence[_Loaded], loads: str, now: datetime) -> None:
    rows = []
    for one in files:
        verdict, file = one.verdict, one.verdict.file
        of_file = (file.name, file.modified, file.length, str(verdict.status), verdict.detail, verdict.rows)
        rows.append((*of_file, one.accepted, one.superseded, one.quarantined, now))
    written = delta.is_one_of("file", [one.verdict.file.name for one in files])
    delta.overwrite(spark.createDataFrame(rows, LOADS), loads, written)
