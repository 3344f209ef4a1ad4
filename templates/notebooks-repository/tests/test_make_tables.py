"""Landing files become tables: what is accepted, what is set apart, and that both add up."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

from forecasting import delta, names, sample_data
from forecasting.errors import RejectedFilesError
from forecasting.landing import LandedFile, newest
from forecasting.tables import LoadReport, make_tables


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    return tmp_path / "landing"


def load(spark: SparkSession, lake: str) -> LoadReport:
    return make_tables(spark, f"{lake}/landing", f"{lake}/sales", f"{lake}/quarantine", f"{lake}/loads")


def rows(*changes: dict[str, object]) -> pd.DataFrame:
    """Good rows of one series, each with its changes."""
    start = date(2026, 11, 1)
    made = []
    for number, change in enumerate(changes):
        day = start + timedelta(days=number)
        good = {
            names.STORE: "s1",
            names.PRODUCT: "p1",
            names.DAY: day,
            names.QUANTITY: 5.0,
            names.CHANGED_AT: pd.Timestamp(day, tz="UTC") + pd.Timedelta(hours=20),
        }
        made.append(good | change)
    return pd.DataFrame(made)


def quarantined(spark: SparkSession, lake: str) -> dict[str, int]:
    counted = delta.read(spark, f"{lake}/quarantine").groupBy("reason").count().collect()
    return {row["reason"]: row["count"] for row in counted}


def loads(spark: SparkSession, lake: str) -> dict[str, tuple[int, ...]]:
    return {
        row["file"]: (row["rows"], row["accepted"], row["superseded"], row["quarantined"])
        for row in delta.read(spark, f"{lake}/loads").collect()
    }


def test_a_first_load_takes_every_row(spark: SparkSession, lake: str, landing: Path) -> None:
    made = sample_data.sales(series=3, days=60)
    sample_data.land(made, landing)
    report = load(spark, lake)
    assert (report.rows, report.accepted, report.inserted) == (len(made), len(made), len(made))
    assert delta.read(spark, f"{lake}/sales").count() == len(made)


def test_bad_rows_are_set_apart_with_their_reason_and_counts_add_up(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    late = pd.Timestamp("2026-11-30", tz="UTC")
    sample_data.land(
        rows(
            {},
            {names.STORE: None},
            {names.PRODUCT: " "},
            {names.DAY: None, names.CHANGED_AT: late},
            {names.STORE: "a/b"},
            {names.QUANTITY: None},
            {names.QUANTITY: float("nan")},
            {names.QUANTITY: float("inf")},
            {names.QUANTITY: -1.0},
            {names.CHANGED_AT: None},
            {names.CHANGED_AT: pd.Timestamp("2026-10-01", tz="UTC")},
        ),
        landing,
    )
    report = load(spark, lake)
    assert quarantined(spark, lake) == {
        "no_key": 3,
        "separator_in_store": 1,
        "no_quantity": 3,
        "negative_quantity": 1,
        "no_change_time": 1,
        "day_after_its_change": 1,
    }
    assert (report.rows, report.accepted, report.superseded, report.quarantined) == (11, 1, 0, 10)
    records = [row["record"] for row in delta.read(spark, f"{lake}/quarantine").collect()]
    assert '"quantity":-1.0' in "".join(records)


def test_of_duplicate_days_the_newest_change_counts(spark: SparkSession, lake: str, landing: Path) -> None:
    one_day = {names.DAY: date(2026, 11, 1)}
    changed = [pd.Timestamp(f"2026-11-0{number}", tz="UTC") for number in (2, 4, 3)]
    sample_data.land(
        rows(*({**one_day, names.CHANGED_AT: at, names.QUANTITY: float(at.day)} for at in changed)), landing
    )
    report = load(spark, lake)
    assert (report.accepted, report.superseded, report.quarantined) == (1, 2, 0)
    assert delta.read(spark, f"{lake}/sales").first()[names.QUANTITY] == 4.0


def test_of_one_change_with_two_quantities_nobody_knows_which_is_right(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    same = {names.DAY: date(2026, 11, 1), names.CHANGED_AT: pd.Timestamp("2026-11-02", tz="UTC")}
    twice = {names.STORE: "s2", **same}
    sample_data.land(
        rows({**same, names.QUANTITY: 1.0}, {**same, names.QUANTITY: 2.0}, twice, twice), landing
    )
    report = load(spark, lake)
    assert quarantined(spark, lake) == {"conflicting_quantity": 2}
    assert (report.accepted, report.superseded, report.quarantined) == (1, 1, 2)


def test_days_may_be_in_any_order(spark: SparkSession, lake: str, landing: Path) -> None:
    made = rows(*({} for _ in range(20)))
    sample_data.land(made.sample(frac=1, random_state=1), landing)
    assert load(spark, lake).accepted == 20


def test_a_run_that_is_repeated_changes_nothing(spark: SparkSession, lake: str, landing: Path) -> None:
    sample_data.land(rows({}, {names.QUANTITY: -1.0}), landing)
    load(spark, lake)
    again = load(spark, lake)
    assert (again.files, again.rows) == (0, 0)
    assert loads(spark, lake) == {"20261129T220000.parquet": (2, 1, 0, 1)}
    # A run that ended before its list of loads was written.
    spark.sql(f"DELETE FROM delta.`{lake}/loads`")
    third = load(spark, lake)
    assert (third.accepted, third.inserted, third.updated) == (1, 0, 0)
    assert delta.read(spark, f"{lake}/sales").count() == 1
    assert quarantined(spark, lake) == {"negative_quantity": 1}


def test_a_later_window_corrects_a_day_and_an_older_one_does_not(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    sample_data.land(rows({names.QUANTITY: 5.0}), landing, "20261101T220000")
    load(spark, lake)
    newer = {names.QUANTITY: 6.0, names.CHANGED_AT: pd.Timestamp("2026-11-05", tz="UTC")}
    older = {names.QUANTITY: 4.0, names.CHANGED_AT: pd.Timestamp("2026-11-01", tz="UTC")}
    sample_data.land(rows(newer), landing, "20261105T220000")
    assert load(spark, lake).updated == 1
    sample_data.land(rows(older), landing, "20261106T220000")
    assert load(spark, lake).updated == 0
    assert delta.read(spark, f"{lake}/sales").first()[names.QUANTITY] == 6.0


def test_a_cut_file_stops_no_other_and_fails_the_run(spark: SparkSession, lake: str, landing: Path) -> None:
    sample_data.land(rows({}, {}), landing, "20261101T220000")
    cut = sample_data.land(rows({}), landing, "20261102T220000")
    cut.write_bytes(cut.read_bytes()[:200])
    with pytest.raises(RejectedFilesError, match=r"1 of 2 files.*\n.*20261102T220000.parquet: unreadable"):
        load(spark, lake)
    assert delta.read(spark, f"{lake}/sales").count() == 2
    assert quarantined(spark, lake) == {"unreadable": 1}
    # It is told once; repaired and landed again it is loaded.
    assert load(spark, lake).files == 0
    sample_data.land(rows({}, {}, {}), landing, "20261102T220000")
    assert load(spark, lake).inserted == 1
    assert loads(spark, lake)["20261102T220000.parquet"] == (3, 3, 0, 0)
    assert quarantined(spark, lake) == {}


def test_a_file_with_a_damaged_page_is_found_before_anything_is_written(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    damaged = sample_data.land(sample_data.sales(series=2, days=300), landing)
    content = bytearray(damaged.read_bytes())
    content[200:2000] = bytes(1800)
    damaged.write_bytes(bytes(content))
    with pytest.raises(RejectedFilesError, match="unreadable"):
        load(spark, lake)
    assert delta.read_if_there(spark, f"{lake}/sales") is None


def test_a_file_of_another_schema_says_what_is_wrong(spark: SparkSession, lake: str, landing: Path) -> None:
    landing.mkdir()
    table = pa.table({names.STORE: ["s1"], names.DAY: ["2026-11-01"], names.QUANTITY: ["5"]})
    pq.write_table(table, landing / "20261101T220000.parquet")
    with pytest.raises(RejectedFilesError) as stopped:
        load(spark, lake)
    for said in (
        "column product is missing",
        "column day is string; date is asked",
        "quantity is string; double",
    ):
        assert said in str(stopped.value)
    assert loads(spark, lake) == {"20261101T220000.parquet": (1, 0, 0, 1)}


def test_quantities_may_be_decimals_and_other_columns_are_left_alone(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    landing.mkdir()
    table = pa.Table.from_pandas(rows({}, {}), schema=sample_data.LANDED)
    decimals = table.column(names.QUANTITY).cast(pa.decimal128(18, 4))
    table = table.set_column(3, names.QUANTITY, decimals).append_column("promotion", pa.array([True, False]))
    pq.write_table(table, landing / "20261101T220000.parquet")
    assert load(spark, lake).accepted == 2


def test_of_the_files_of_one_window_the_last_copy_counts() -> None:
    names_of_files = [
        "20261201T220000_20261202T000100.parquet",
        "20261130T220000_20261201T031500.parquet",
        "20261130T220000_20261201T000100.parquet",
        # From before the zone kept every file.
        "20261129T220000.parquet",
        "20261201T220000.parquet",
    ]
    moment = pd.Timestamp("2026-12-02").to_pydatetime()
    files = [LandedFile(f"landing/{name}", moment, 1) for name in names_of_files]
    assert [file.name for file in newest(files)] == [
        "20261129T220000.parquet",
        "20261130T220000_20261201T031500.parquet",
        "20261201T220000_20261202T000100.parquet",
    ]
