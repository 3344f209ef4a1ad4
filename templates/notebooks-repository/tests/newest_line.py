"""The whole way once on the newest line of Spark and Delta, in an environment of its own (requirements-newest.txt)."""

from __future__ import annotations

from pathlib import Path

import mlflow
import pandas as pd
import pyspark
from pyspark.sql import SparkSession

from forecasting import delta, names, sample_data
from forecasting.batch import HORIZON_DAYS, score
from forecasting.features import prepare_features
from forecasting.registration import log_and_register
from forecasting.tables import make_tables
from forecasting.training import train


def test_landing_to_forecasts(spark: SparkSession, lake: str, tmp_path: Path) -> None:
    assert pyspark.__version__.startswith("4.1.")
    mlflow.set_tracking_uri((tmp_path / "mlruns").as_uri())
    mlflow.set_registry_uri((tmp_path / "mlruns").as_uri())
    rows = pd.concat([sample_data.sales(series=4), sample_data.constant_series()])
    sample_data.land(rows, tmp_path / "landing")
    report = make_tables(spark, f"{lake}/landing", f"{lake}/sales", f"{lake}/quarantine", f"{lake}/loads")
    assert (report.accepted, report.quarantined) == (len(rows), 0)
    assert prepare_features(spark, f"{lake}/sales", f"{lake}/features") == len(rows)
    trained = train(spark, f"{lake}/features", 100, tmp_path / "fleet")
    assert trained.by_family == {"ridge": 4, "baseline": 1}
    log_and_register(trained, names.EXPERIMENT, names.MODEL, "0f3c2d1")
    tables = (f"{lake}/features", names.MODEL, f"{lake}/forecasts", f"{lake}/quality")
    scored = score(spark, *tables, tmp_path / "downloaded")
    assert (scored.rows, scored.unusable) == (5 * HORIZON_DAYS, 0)
    assert delta.read(spark, f"{lake}/forecasts").count() == 5 * HORIZON_DAYS
