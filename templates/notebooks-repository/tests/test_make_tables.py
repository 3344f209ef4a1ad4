"""Landing files become tables: what is accepted, what is set apart, and that both add up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from forecasting import delta, names, sample_data, tables
from forecasting import landing as landing_module
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


def test_a_first_load_takes_every_row_in_any_order_and_leaves_other_columns_alone(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    made = sample_data.sales(series=3, days=60).sample(frac=1, random_state=1)
    table = pa.Table.from_pandas(made, schema=sample_data.LANDED, preserve_index=False)
    decimals = table.column(names.QUANTITY).cast(pa.decimal128(18, 4))
    table = table.set_column(3, names.QUANTITY, decimals)
    landing.mkdir()
    pq.write_table(table.append_column("promotion", pa.nulls(len(made))), landing / "20261101T220000.parquet")
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


def test_of_duplicate_days_the_newest_change_counts_unless_it_has_two_quantities(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    one_day = {names.DAY: date(2026, 11, 1)}
    changed = [pd.Timestamp(f"2026-11-0{number}", tz="UTC") for number in (2, 4, 3)]
    corrected = [{**one_day, names.CHANGED_AT: at, names.QUANTITY: float(at.day)} for at in changed]
    same = {**one_day, names.CHANGED_AT: changed[0]}
    conflicting = [{**same, names.STORE: "s2", names.QUANTITY: quantity} for quantity in (1.0, 2.0)]
    repeated = [{**same, names.STORE: "s3"}] * 2
    sample_data.land(rows(*corrected, *conflicting, *repeated), landing)
    report = load(spark, lake)
    assert (report.rows, report.accepted, report.superseded, report.quarantined) == (7, 2, 3, 2)
    assert quarantined(spark, lake) == {"conflicting_quantity": 2}
    kept = {row[names.STORE]: row[names.QUANTITY] for row in delta.read(spark, f"{lake}/sales").collect()}
    assert kept == {"s1": 4.0, "s3": 5.0}


def test_a_later_window_corrects_a_day_and_neither_an_older_change_nor_the_same_one_told_otherwise_does(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    second = {names.DAY: date(2026, 11, 2)}
    sample_data.land(rows({}, second, {}), landing, "20261102T220000")
    load(spark, lake)
    newer = {names.QUANTITY: 6.0, names.CHANGED_AT: pd.Timestamp("2026-11-05", tz="UTC")}
    older = {**second, names.QUANTITY: 4.0, names.CHANGED_AT: pd.Timestamp("2026-11-02", tz="UTC")}
    sample_data.land(rows(newer, older, {names.QUANTITY: 7.0}), landing, "20261105T220000")
    report = load(spark, lake)
    assert (report.accepted, report.superseded, report.quarantined) == (1, 1, 1)
    assert (report.inserted, report.updated) == (0, 1)
    assert quarantined(spark, lake) == {"conflicting_quantity": 1}
    kept = {row[names.DAY].day: row[names.QUANTITY] for row in delta.read(spark, f"{lake}/sales").collect()}
    assert kept == {1: 6.0, 2: 5.0, 3: 5.0}


def test_files_that_cannot_be_taken_stop_no_other_and_fail_the_run(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    sample_data.land(rows({}, {}), landing, "20261101T220000")
    cut = sample_data.land(rows({}), landing, "20261102T220000")
    cut.write_bytes(cut.read_bytes()[:200])
    damaged = sample_data.land(sample_data.sales(series=2, days=300), landing, "20261103T220000")
    content = bytearray(damaged.read_bytes())
    content[200:2000] = bytes(1800)
    damaged.write_bytes(bytes(content))
    other = pa.table({names.STORE: ["s1"], names.DAY: ["2026-11-01"], names.QUANTITY: ["5"]})
    pq.write_table(other, landing / "20261104T220000.parquet")
    with pytest.raises(RejectedFilesError) as stopped:
        load(spark, lake)
    told = str(stopped.value)
    assert told.startswith("3 of 4 files were not loaded")
    assert "20261102T220000.parquet: unreadable" in told
    assert "20261103T220000.parquet: unreadable" in told
    assert (
        "column product is missing; column day is string; date is asked; column quantity is string; double"
        in told
    )
    assert delta.read(spark, f"{lake}/sales").count() == 2
    assert quarantined(spark, lake) == {"unreadable": 2, "wrong_schema": 1}
    # They are told once; one that is repaired and lands again is loaded.
    sample_data.land(rows({}, {}, {}), landing, "20261102T220000")
    report = load(spark, lake)
    assert (report.files, report.inserted) == (1, 1)
    assert loads(spark, lake) == {
        "20261101T220000.parquet": (2, 2, 0, 0),
        "20261102T220000.parquet": (3, 3, 0, 0),
        "20261103T220000.parquet": (0, 0, 0, 0),
        "20261104T220000.parquet": (1, 0, 0, 1),
    }
    assert quarantined(spark, lake) == {"unreadable": 1, "wrong_schema": 1}


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
    files = [LandedFile(f"landing/{name}", name, moment, 1) for name in names_of_files]
    assert [file.name for file in newest(files)] == [
        "20261129T220000.parquet",
        "20261130T220000_20261201T031500.parquet",
        "20261201T220000_20261202T000100.parquet",
    ]


def test_files_of_other_names_all_count() -> None:
    moment = pd.Timestamp("2026-12-02").to_pydatetime()
    found = [LandedFile(name, name, moment, 1) for name in ("s_a", "s_b", "sales.2026", "sales.2027")]
    assert newest(found) == found


def test_every_file_counts_however_it_is_called_and_none_is_passed_over(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    called = ("a b", "a%20b", "x*", "x[1]", "{a,b}", "ü", "folder/20261101T220000", "store=a/20261101T220000")
    for number, name in enumerate(called):
        path = landing / f"{name}.parquet"
        sample_data.land(rows({names.STORE: f"s{number}"}), path.parent, path.stem)
    (landing / "20261102T220000.parquet").touch()
    whole = (landing / "a b.parquet").read_bytes()
    for cut in (3, 8, 100, len(whole) // 2, len(whole) - 8, len(whole) - 1):
        (landing / f"cut-{cut}.parquet").write_bytes(whole[:cut])
    (landing / "text.parquet").write_text("store,product,day\n")
    with pytest.raises(RejectedFilesError) as stopped:
        load(spark, lake)
    told = str(stopped.value)
    assert told.startswith("8 of 16 files were not loaded")
    assert "20261102T220000.parquet: unreadable: the file is empty: 0 bytes" in told
    assert told.count("is not a Parquet file") == 7
    kept = {row[names.STORE] for row in delta.read(spark, f"{lake}/sales").collect()}
    assert kept == {f"s{number}" for number in range(len(called))}
    assert load(spark, lake).files == 0


def test_what_types_are_taken_and_what_a_refused_one_is_called(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    landing.mkdir()
    good = pa.Table.from_pandas(rows({}), schema=sample_data.LANDED)

    def land(name: str, column: str, values: pa.Array) -> None:
        stores = pa.array([name])
        changed = good.set_column(good.column_names.index(column), column, values)
        pq.write_table(changed.set_column(0, names.STORE, stores), landing / f"{name}.parquet")

    for kind in (pa.int8(), pa.uint64(), pa.float32(), pa.decimal128(38, 10)):
        land(str(kind), names.QUANTITY, pa.array([5]).cast(kind))
    moment = pd.Timestamp("2026-11-01 20:00")
    land("naive", names.CHANGED_AT, pa.array([moment], pa.timestamp("us")))
    land("nested", names.QUANTITY, pa.array([{"a": 1.0}]))
    land("nanoseconds", names.CHANGED_AT, pa.array([moment], pa.timestamp("ns", tz="UTC")))
    land("text", names.DAY, pa.array(["2026-11-01"]))
    pq.write_table(good.slice(0, 0), landing / "no-rows.parquet")
    pq.write_table(good.append_column("Day", good.column(names.DAY)), landing / "twice.parquet")
    with pytest.raises(RejectedFilesError) as stopped:
        load(spark, lake)
    for said in (
        "nested.parquet: wrong_schema: column quantity is struct<a:double>; double is asked",
        "nanoseconds.parquet: unreadable: org.apache.spark.sql.AnalysisException: Illegal Parquet type: INT64",
        "text.parquet: wrong_schema: column day is string; date is asked",
        "twice.parquet: unreadable: [COLUMN_ALREADY_EXISTS]",
    ):
        assert said in str(stopped.value)
    kept = {row[names.STORE]: row[names.QUANTITY] for row in delta.read(spark, f"{lake}/sales").collect()}
    assert kept == dict.fromkeys(("int8", "uint64", "float", "decimal128(38, 10)", "naive"), 5.0)
    assert loads(spark, lake)["no-rows.parquet"] == (0, 0, 0, 0)


def test_days_and_changes_that_cannot_be_are_set_apart(spark: SparkSession, lake: str, landing: Path) -> None:
    ahead = pd.Timestamp("2026-11-01 10:30", tz="UTC")
    sample_data.land(
        rows(
            # In Auckland it is the next day already.
            {names.DAY: date(2026, 11, 2), names.CHANGED_AT: ahead},
            {names.DAY: date(2026, 11, 3), names.CHANGED_AT: ahead},
            {names.DAY: date(1900, 1, 1)},
            {names.DAY: date(1, 1, 1)},
            {names.DAY: date(2200, 1, 1), names.CHANGED_AT: pd.Timestamp("2200-01-01", tz="UTC")},
            {names.DAY: date(2024, 2, 29), names.CHANGED_AT: pd.Timestamp("2024-02-29", tz="UTC")},
            {names.STORE: "\t\n"},
            {names.STORE: "ß =.\n'\\", names.PRODUCT: "p/1" + "x" * 10_000},
        ),
        landing,
    )
    report = load(spark, lake)
    assert (report.rows, report.accepted, report.quarantined) == (8, 3, 5)
    assert quarantined(spark, lake) == {
        "day_after_its_change": 1,
        "day_long_ago": 2,
        "change_in_the_future": 1,
        "no_key": 1,
    }


def test_a_file_that_could_not_be_read_for_a_while_is_loaded_once_it_can_be(
    spark: SparkSession, lake: str, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample_data.land(rows({}), landing)

    def fails(*_given: object) -> None:
        raise PySparkException("the storage does not answer")

    with monkeypatch.context() as patched:
        patched.setattr(landing_module, "read_parquet", fails)
        with pytest.raises(RejectedFilesError, match="the storage does not answer"):
            load(spark, lake)
        assert load(spark, lake).files == 0
    assert load(spark, lake).inserted == 1
    assert quarantined(spark, lake) == {}
    assert loads(spark, lake) == {"20261129T220000.parquet": (1, 1, 0, 0)}


def test_a_run_that_is_killed_is_finished_by_the_next_and_a_repeated_one_changes_nothing(
    spark: SparkSession, lake: str, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sample_data.land(rows({}, {names.QUANTITY: -1.0}, {}), landing)

    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    # After the merge, and after the quarantine.
    for step in ("_set_apart", "_write_loads"):
        with monkeypatch.context() as patched:
            patched.setattr(tables, step, killed)
            with pytest.raises(KeyboardInterrupt):
                load(spark, lake)
    report = load(spark, lake)
    assert (report.rows, report.accepted, report.quarantined) == (3, 2, 1)
    assert (report.inserted, report.updated) == (0, 0)
    assert load(spark, lake).files == 0
    assert delta.read(spark, f"{lake}/sales").count() == 2
    assert quarantined(spark, lake) == {"negative_quantity": 1}
    assert loads(spark, lake) == {"20261129T220000.parquet": (3, 2, 0, 1)}


def test_of_two_runs_at_once_one_may_fail_and_nothing_is_lost_or_doubled(
    spark: SparkSession, lake: str, landing: Path
) -> None:
    for number in range(2):
        sample_data.land(
            rows({names.STORE: f"s{number}"}, {names.QUANTITY: -1.0}), landing, f"2026110{number + 1}T220000"
        )
    with ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(load, spark.newSession(), lake) for _ in range(2)]
    failed = [error for run in runs if (error := run.exception()) is not None]
    assert len(failed) < 2 or all("Concurrent" in str(error) for error in failed), failed
    load(spark, lake)
    assert delta.read(spark, f"{lake}/sales").count() == 2
    assert quarantined(spark, lake) == {"negative_quantity": 2}
    assert loads(spark, lake) == {f"2026110{number}T220000.parquet": (2, 1, 0, 1) for number in (1, 2)}


def test_a_folder_in_which_nothing_has_landed_yet(spark: SparkSession, lake: str, landing: Path) -> None:
    landing.mkdir()
    assert load(spark, lake).files == 0
    assert delta.read_if_there(spark, f"{lake}/sales") is None
