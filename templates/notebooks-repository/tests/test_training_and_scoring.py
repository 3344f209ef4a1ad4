"""From features to forecasts on Spark: limits, failures, damaged models, drift."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest
from pyspark.sql import DataFrame, SparkSession, functions

from forecasting import delta, names, sample_data
from forecasting.batch import HORIZON_DAYS, score
from forecasting.calendar import FEATURES, calendar
from forecasting.drift import measure, watch_drift
from forecasting.errors import NoModelError, WorkloadError
from forecasting.features import prepare_features
from forecasting.fleet import Fleet
from forecasting.registry import Version
from forecasting.schemas import SALES
from forecasting.training import Trained, train

SERIES = 6
TAGS = {"partition_key": "all", "data_version": "1", "code_version": "0f3c2d1"}


class OneVersion:
    """A registry with the fleet that training wrote, as version 1."""

    def __init__(self, fleet: Path, tags: Mapping[str, str] = TAGS) -> None:
        self._fleet, self._tags = fleet, tags

    def register(self, *_given: object) -> Version:
        raise AssertionError("nothing is registered here")

    def newest_first(self, name: str) -> Iterable[Version]:
        return [Version(name, "1", self._tags)]

    def download(self, _version: Version, folder: Path) -> None:
        copytree(self._fleet, folder / "fleet")


@pytest.fixture(scope="module")
def tables(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Six seasonal series, a constant one, a new store, and a series that cannot be trained."""
    lake = tmp_path_factory.mktemp("lake").as_uri()
    broken = sample_data.constant_series().assign(**{names.PRODUCT: "broken"})
    made = [sample_data.sales(SERIES), sample_data.constant_series(), sample_data.new_store(1), broken]
    rows = spark.createDataFrame(pd.concat(made, ignore_index=True))
    delta.overwrite(rows, f"{lake}/sales")
    assert prepare_features(spark, f"{lake}/sales", f"{lake}/features") == rows.count()
    no_number = f"UPDATE delta.`{lake}/features` SET trend = double('NaN') WHERE {names.PRODUCT} = 'broken'"
    spark.sql(no_number)
    return lake


@pytest.fixture(scope="module")
def trained(spark: SparkSession, tables: str, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return train(spark, f"{tables}/features", 100, tmp_path_factory.mktemp("trained") / "fleet")


def test_features_on_spark_are_those_of_pandas(spark: SparkSession, tables: str) -> None:
    rows = delta.read(spark, f"{tables}/features").where(
        functions.col(names.PARTITION_KEY) == "s900/constant"
    )
    found = rows.orderBy(names.DAY).toPandas()
    pd.testing.assert_frame_equal(
        found[list(FEATURES)], calendar(found[names.DAY]), check_exact=False, rtol=1e-12
    )


def test_every_series_gets_a_model_and_failures_are_recorded(trained: Trained) -> None:
    assert (trained.series, trained.left_out) == (SERIES + 3, 0)
    assert trained.by_status == {"trained": SERIES + 1, "too_short": 1, "failed": 1}
    assert list(trained.errors) == ["s900/broken"]
    assert trained.data_version == "1"


def test_no_more_models_than_asked_and_the_longest_series_first(
    spark: SparkSession, tables: str, tmp_path: Path
) -> None:
    few = train(spark, f"{tables}/features", 2, tmp_path / "fleet")
    assert (few.series, few.left_out) == (2, SERIES + 1)
    assert set(few.errors) == {"s900/broken"}


def test_a_series_that_ended_long_ago_is_not_trained_and_one_of_one_day_is(
    spark: SparkSession, lake: str, tmp_path: Path
) -> None:
    ended = sample_data.constant_series().assign(**{names.PRODUCT: "ended"})
    ended[names.DAY] = [day - timedelta(days=401) for day in ended[names.DAY]]
    one_day = sample_data.constant_series().tail(1).assign(**{names.PRODUCT: "one"})
    made = pd.concat([ended, one_day, sample_data.constant_series()], ignore_index=True)
    delta.overwrite(spark.createDataFrame(made), f"{lake}/sales")
    prepare_features(spark, f"{lake}/sales", f"{lake}/features")
    done = train(spark, f"{lake}/features", 10, tmp_path / "fleet")
    assert (done.series, done.left_out, done.ended) == (2, 0, 1)
    assert done.by_status == {"trained": 1, "too_short": 1}
    assert [key for key, _ in Fleet(done.folder).entries()] == ["s900/constant", "s900/one"]


def test_without_a_series_there_is_nothing_to_train_or_to_score(
    spark: SparkSession, lake: str, trained: Trained, tmp_path: Path
) -> None:
    delta.create(spark, f"{lake}/sales", SALES)
    assert prepare_features(spark, f"{lake}/sales", f"{lake}/features") == 0
    with pytest.raises(WorkloadError, match="has no rows, so there is nothing to train"):
        train(spark, f"{lake}/features", 10, tmp_path / "fleet")
    where = (f"{lake}/features", names.MODEL, f"{lake}/forecasts", f"{lake}/quality")
    with pytest.raises(WorkloadError, match="nobody knows from which day to forecast"):
        score(spark, *where, tmp_path / "downloaded", OneVersion(trained.folder))
    assert watch_drift(spark, where[0], *where[2:], f"{lake}/drift") is None
    assert delta.read_if_there(spark, f"{lake}/forecasts") is None


def test_scoring_twice_writes_the_same_days_once_and_a_damaged_model_is_answered_by_its_baseline(
    spark: SparkSession, tables: str, trained: Trained, tmp_path: Path
) -> None:
    fleet = Path(copytree(trained.folder, tmp_path / "fleet"))
    path = fleet / "models-000.pkl"
    content = bytearray(path.read_bytes())
    content[30] ^= 0xFF
    path.write_bytes(bytes(content))
    where = {"forecasts": f"{tables}/forecasts", "model_quality": f"{tables}/quality"}
    for number, source in enumerate((trained.folder, fleet)):
        folder = tmp_path / str(number)
        done = score(
            spark, f"{tables}/features", names.MODEL, folder=folder, registry=OneVersion(source), **where
        )
        assert (done.series, done.rows) == (SERIES + 3, (SERIES + 3) * HORIZON_DAYS)
        ridge, baseline = trained.by_family["ridge"], trained.by_family["baseline"]
        assert (done.unusable, done.by_family) == (
            number,
            {"ridge": ridge - number, "baseline": baseline + number},
        )
    written = delta.read(spark, where["forecasts"])
    assert dict(written.dtypes) == names.FORECAST_COLUMNS
    assert written.count() == (SERIES + 3) * HORIZON_DAYS
    quality = delta.read(spark, where["model_quality"])
    assert dict(quality.dtypes) == names.QUALITY_COLUMNS
    assert quality.where(functions.col(names.ACCURACY).isNull()).count() == 1


def test_without_a_version_nothing_is_written(
    spark: SparkSession, tables: str, trained: Trained, tmp_path: Path
) -> None:
    registry = OneVersion(trained.folder, tags={})
    with pytest.raises(NoModelError, match="has no partition_key, data_version, code_version"):
        score(
            *(
                spark,
                f"{tables}/features",
                names.MODEL,
                f"{tables}/never",
                f"{tables}/never",
                tmp_path,
                registry,
            )
        )
    assert delta.read_if_there(spark, f"{tables}/never") is None


def test_drift_is_written_only_where_forecasts_were_worse_than_training_said(
    spark: SparkSession, lake: str
) -> None:
    days = [date(2026, 11, 1) + timedelta(days=number) for number in range(14)]
    sold = [("s1/p1", "p1", day, 100.0, *([0.0] * len(FEATURES))) for day in days]
    columns = [names.PARTITION_KEY, names.PRODUCT, names.DAY, names.QUANTITY, *FEATURES]
    features = spark.createDataFrame(sold, columns)
    quality = spark.createDataFrame([(days[-1], "s1/p1", "1", 0.9, 28)], list(names.QUALITY_COLUMNS))

    def forecasts(quantity: float, number: int) -> DataFrame:
        rows = [("p1", day, quantity, "s1/p1", "1") for day in days[:number]]
        return spark.createDataFrame(rows, list(names.FORECAST_COLUMNS))

    assert measure(features, forecasts(60.0, 6), quality) is None
    delta.overwrite(features, f"{lake}/features")
    delta.overwrite(quality, f"{lake}/quality")
    where = (f"{lake}/features", f"{lake}/forecasts", f"{lake}/quality", f"{lake}/drift")
    # The first day: nothing is forecast yet.
    assert watch_drift(spark, *where) is None
    for quantity, found in ((95.0, False), (60.0, True)):
        delta.overwrite(forecasts(quantity, 14), f"{lake}/forecasts")
        drift = watch_drift(spark, *where)
        assert drift is not None
        assert (drift.found, drift.series, drift.drifted) == (found, 1, int(found))
        assert (delta.read_if_there(spark, f"{lake}/drift") is not None) is found
    [row] = delta.read(spark, f"{lake}/drift").collect()
    assert (row["day"], row["drifted"], row["share"]) == (days[-1], 1, 1.0)
    assert row["realised_accuracy"] == pytest.approx(0.6)
